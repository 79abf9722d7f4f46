package rules

import (
	"fmt"

	"github.com/goccy/go-yaml"
)

// DecodeYAML reads a YAML file that is no rule, such as a folder's settings,
// into v, as strictly as rule files are read. name is the file for messages;
// the error says the line.
func DecodeYAML(name string, body []byte, v any) (err error) {
	defer func() {
		if p := recover(); p != nil { // the YAML parser panics on some malformed files
			err = fmt.Errorf("%s: 不是完整的 YAML 文件：%v", name, p)
		}
	}()
	if err := yaml.UnmarshalWithOptions(body, v, yaml.DisallowUnknownField()); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}
