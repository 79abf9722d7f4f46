package ocr

import (
	"errors"
	"fmt"

	onnx "github.com/yalue/onnxruntime_go"

	"duibiao/ingest/ocr/ppocr"
)

// network is one network in the memory of the library that runs it.
type network struct{ session *onnx.DynamicAdvancedSession }

// startLibrary loads the library that runs networks, from the file at path.
// The process has one; a second start finds it there.
func startLibrary(path string) error {
	if onnx.IsInitialized() {
		return nil
	}
	onnx.SetSharedLibraryPath(path)
	if err := onnx.InitializeEnvironment(onnx.WithLogLevelError()); err != nil {
		return fmt.Errorf("load %s: %w", path, err)
	}
	return nil
}

// loadNetwork loads the network in the file at path, which must have one input
// and one output. It keeps no memory between runs, and uses that many threads.
func loadNetwork(path string, threads int) (*network, error) {
	inputs, outputs, err := onnx.GetInputOutputInfo(path)
	if err != nil {
		return nil, fmt.Errorf("load %s: %w", path, err)
	}
	if len(inputs) != 1 || len(outputs) != 1 {
		return nil, fmt.Errorf("load %s: %d inputs and %d outputs, want one of each", path, len(inputs), len(outputs))
	}
	options, err := onnx.NewSessionOptions()
	if err != nil {
		return nil, fmt.Errorf("load %s: %w", path, err)
	}
	err = errors.Join(
		options.SetIntraOpNumThreads(threads),
		options.SetInterOpNumThreads(1),
		options.SetCpuMemArena(true),
		options.SetMemPattern(false),
		options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0"),
	)
	if err == nil {
		var s *onnx.DynamicAdvancedSession
		if s, err = onnx.NewDynamicAdvancedSession(path, []string{inputs[0].Name}, []string{outputs[0].Name}, options); err == nil {
			return &network{s}, options.Destroy()
		}
	}
	return nil, errors.Join(fmt.Errorf("load %s: %w", path, err), options.Destroy())
}

// run is a ppocr.Net.
func (n *network) run(in ppocr.Tensor) (ppocr.Tensor, error) {
	shape := make([]int64, len(in.Shape))
	for i, side := range in.Shape {
		shape[i] = int64(side)
	}
	input, err := onnx.NewTensor(onnx.NewShape(shape...), in.Data)
	if err != nil {
		return ppocr.Tensor{}, err
	}
	outputs := []onnx.Value{nil}
	if err := n.session.Run([]onnx.Value{input}, outputs); err != nil {
		return ppocr.Tensor{}, errors.Join(err, input.Destroy())
	}
	out, err := floats(outputs[0])
	return out, errors.Join(err, outputs[0].Destroy(), input.Destroy())
}

// floats is a copy of the numbers in v.
func floats(v onnx.Value) (ppocr.Tensor, error) {
	t, ok := v.(*onnx.Tensor[float32])
	if !ok {
		return ppocr.Tensor{}, errors.New("the network answered with other than numbers")
	}
	out := ppocr.Tensor{Data: append([]float32(nil), t.GetData()...)}
	for _, side := range t.GetShape() {
		out.Shape = append(out.Shape, int(side))
	}
	return out, nil
}

func (n *network) close() error { return n.session.Destroy() }
