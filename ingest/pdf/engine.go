package pdf

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"reflect"
	"strings"
	"unicode/utf16"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
)

// engine is PDFium, compiled to WebAssembly and running inside this process
// with a memory of its own. go-pdfium starts it; the calls are made on the
// module itself, because go-pdfium's own methods allocate a call engine, five
// pieces of memory and a map entry for each number they fetch, and a page has
// some thousands of them.
type engine struct {
	pool     pdfium.Pool
	instance pdfium.Pdfium
	mod      api.Module
	fn       map[string]api.Function
	hot      hotFunctions
	scratch  uint32 // scratchSize bytes inside the module
	recycle  uint32 // bytes of memory at which a fresh instance is taken
}

// hotFunctions are called for every character.
type hotFunctions struct {
	object, unicode, generated, box, origin api.Function
}

const (
	scratchSize  = 4096
	wasmPageSize = 65536
)

// errDead is what a call gives after the module was closed, by a deadline or
// by a fault inside PDFium. The next file gets a fresh module.
var errDead = errors.New("pdfium stopped")

// newCache keeps compiled PDFium.
func newCache(o Options) (wazero.CompilationCache, error) {
	if o.CacheDir == "" {
		return wazero.NewCompilationCache(), nil
	}
	c, err := wazero.NewCompilationCacheWithDir(o.CacheDir)
	if err != nil {
		return nil, fmt.Errorf("open compilation cache: %w", err)
	}
	return c, nil
}

// newEngine starts an engine that sees the given fonts and nothing else of the
// machine.
func newEngine(o Options, cache wazero.CompilationCache, fonts wazero.FSConfig) (*engine, error) {
	pages := uint32(o.MemoryMB) << 20 / wasmPageSize
	pool, err := webassembly.Init(webassembly.Config{
		MinIdle: 0, MaxIdle: 1, MaxTotal: 1,
		FSConfig: fonts,
		RuntimeConfig: wazero.NewRuntimeConfig().WithCompilationCache(cache).
			WithMemoryLimitPages(pages).WithCloseOnContextDone(!o.Killable),
		Stdout: io.Discard, Stderr: io.Discard,
	})
	if err != nil {
		return nil, fmt.Errorf("start pdfium: %w", err)
	}
	e := &engine{pool: pool, recycle: pages / 2 * wasmPageSize}
	if err := e.start(); err != nil {
		return nil, errors.Join(err, e.close())
	}
	return e, nil
}

// start takes an instance from the pool and finds its module.
func (e *engine) start() error {
	instance, err := e.pool.GetInstanceWithContext(context.Background())
	if err != nil {
		return fmt.Errorf("start pdfium: %w", err)
	}
	e.instance = instance
	mod, ok := moduleOf(instance)
	if !ok {
		return errors.New("start pdfium: go-pdfium does not show its module")
	}
	e.mod, e.fn = mod, map[string]api.Function{}
	e.hot = hotFunctions{
		object: mod.ExportedFunction("FPDFText_GetTextObject"), unicode: mod.ExportedFunction("FPDFText_GetUnicode"),
		generated: mod.ExportedFunction("FPDFText_IsGenerated"), box: mod.ExportedFunction("FPDFText_GetLooseCharBox"), origin: mod.ExportedFunction("FPDFText_GetCharOrigin"),
	}
	at, err := e.call(context.Background(), "malloc", scratchSize)
	if err != nil {
		return err
	}
	e.scratch = uint32(at)
	return nil
}

// moduleOf reads the exported field Module of go-pdfium's implementation,
// whose type is internal to it.
func moduleOf(instance pdfium.Pdfium) (api.Module, bool) {
	v := reflect.Indirect(reflect.ValueOf(instance.GetImplementation()))
	if v.Kind() != reflect.Struct {
		return nil, false
	}
	f := v.FieldByName("Module")
	if !f.IsValid() || !f.CanInterface() {
		return nil, false
	}
	mod, ok := f.Interface().(api.Module)
	return mod, ok
}

// refresh makes sure that the next file meets a live module with memory left.
func (e *engine) refresh() error {
	if e.mod != nil && !e.mod.IsClosed() && e.mod.Memory().Size() < e.recycle {
		return nil
	}
	e.drop()
	return e.start()
}

// drop gives the module up; refresh takes another.
func (e *engine) drop() {
	if e.instance != nil {
		e.instance.Kill() // it may be closed already
		e.instance, e.mod = nil, nil
	}
}

func (e *engine) close() error {
	e.drop()
	return e.pool.Close()
}

// call calls an exported function of the module. ctx stops it.
func (e *engine) call(ctx context.Context, name string, args ...uint64) (uint64, error) {
	f, ok := e.fn[name]
	if !ok {
		f = e.mod.ExportedFunction(name)
		if f == nil {
			return 0, fmt.Errorf("pdfium has no function %s", name)
		}
		e.fn[name] = f
	}
	return call(ctx, f, args...)
}

func call(ctx context.Context, f api.Function, args ...uint64) (uint64, error) {
	var stack [8]uint64
	copy(stack[:], args)
	if err := f.CallWithStack(ctx, stack[:]); err != nil {
		return 0, fmt.Errorf("%w: %v", errDead, err)
	}
	return stack[0], nil
}

// put copies b into the module's memory; the caller frees it.
func (e *engine) put(ctx context.Context, b []byte) (uint64, error) {
	at, err := e.call(ctx, "malloc", uint64(max(len(b), 1)))
	if err != nil {
		return 0, err
	}
	if at == 0 || !e.mod.Memory().Write(uint32(at), b) {
		return 0, errNoMemory
	}
	return at, nil
}

var errNoMemory = errors.New("pdfium has no memory left")

func (e *engine) float(offset uint32) float64 {
	v, _ := e.mod.Memory().ReadFloat32Le(e.scratch + offset)
	return finite(float64(v))
}

func (e *engine) double(offset uint32) float64 {
	v, _ := e.mod.Memory().ReadFloat64Le(e.scratch + offset)
	return finite(v)
}

// finite keeps numbers that no page has out of the layout.
func finite(v float64) float64 {
	if math.IsNaN(v) || math.Abs(v) > 1e6 {
		return 0
	}
	return v
}

// utf16 calls a function of the form f(args…, buffer, bytes), which writes
// UTF-16LE with a final zero and returns the bytes it needs.
func (e *engine) utf16(ctx context.Context, name string, args ...uint64) (string, error) {
	n, err := e.call(ctx, name, append(args, uint64(e.scratch), scratchSize)...)
	if err != nil || uint32(n) < 2 {
		return "", err
	}
	if uint32(n) <= scratchSize {
		return e.readUTF16(e.scratch, uint32(n)), nil
	}
	if uint32(n) > maxFieldBytes {
		return "", nil
	}
	at, err := e.call(ctx, "malloc", uint64(uint32(n)))
	if err != nil || at == 0 {
		return "", err
	}
	if _, err := e.call(ctx, name, append(args, at, uint64(uint32(n)))...); err != nil {
		return "", err
	}
	s := e.readUTF16(uint32(at), uint32(n))
	_, err = e.call(ctx, "free", at)
	return s, err
}

const maxFieldBytes = 1 << 20 // of one annotation or form field

func (e *engine) readUTF16(at, n uint32) string {
	b, ok := e.mod.Memory().Read(at, n)
	if !ok {
		return ""
	}
	units := make([]uint16, 0, n/2)
	for i := 0; i+1 < len(b); i += 2 {
		units = append(units, uint16(b[i])|uint16(b[i+1])<<8)
	}
	return strings.TrimRight(string(utf16.Decode(units)), "\x00")
}
