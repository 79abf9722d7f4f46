package corpus

import (
	"errors"
	"testing"
	"time"
)

func TestLimitErrorSaysWhichLimit(t *testing.T) {
	tests := []struct {
		err  LimitError
		is   error
		want string
	}{
		{LimitError{TextLength, 3_214_000, 3_000_000}, ErrTooLarge, "3214000, over 3000000 (--max-chars): too large"},
		{LimitError{PartSize, 0, 64}, ErrTooLarge, "over 64 (--max-part-mb): too large"},
		{LimitError{ReadTime, 0, int64(90 * time.Second)}, ErrTimeout, "over 1m30s (--timeout): took too long"},
		{LimitError{Memory, 5, 4}, ErrMemory, "5, over 4 (--memory-mb): took too much memory"},
	}
	for _, tt := range tests {
		if !errors.Is(&tt.err, tt.is) || tt.err.Error() != tt.want {
			t.Errorf("%+v is %q, is %v: %v; want %q", tt.err, tt.err.Error(), tt.is, errors.Is(&tt.err, tt.is), tt.want)
		}
	}
}
