package html

import (
	"bytes"
	"encoding/base64"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"net/textproto"
	"regexp"
	"strings"
	"unicode/utf8"

	"duibiao/ingest/text"
)

// decode is the source of the page and the encoding it was in. What the bytes
// are counts before what the page says of itself.
func decode(b []byte) (source, encoding string, err error) {
	said := ""
	if page, charset, ok := unpackMHT(b); ok {
		b, said = page, charset
	}
	if said == "" {
		if m := declared.FindSubmatch(b[:min(len(b), 4096)]); m != nil {
			said = string(m[1])
		}
	}
	if !utf8.Valid(b) && strings.HasPrefix(strings.ToLower(said), "gb") {
		source, _ = text.GB18030(b)
		return source, "GB18030", nil
	}
	return text.Decode(b)
}

// declared is how a page names its encoding.
var declared = regexp.MustCompile(`(?i)charset\s*=\s*["']?\s*([\w-]+)`)

// unpackMHT is the page in a file that browsers and Word save as one, and the
// encoding it says it has; false when b is no such file.
func unpackMHT(b []byte) (page []byte, charset string, ok bool) {
	head := bytes.ToLower(b[:min(len(b), 4096)])
	if !bytes.Contains(head, []byte("content-type:")) || bytes.HasPrefix(bytes.TrimSpace(head), []byte("<")) {
		return nil, "", false
	}
	m, err := mail.ReadMessage(bytes.NewReader(bytes.TrimLeft(b, "\ufeff \r\n")))
	if err != nil {
		return nil, "", false
	}
	return pageIn(textproto.MIMEHeader(m.Header), m.Body, 3)
}

// pageIn is the first page in a part with that header, or in the parts of it.
func pageIn(h textproto.MIMEHeader, body io.Reader, depth int) (page []byte, charset string, ok bool) {
	kind, params, err := mime.ParseMediaType(h.Get("Content-Type"))
	if err != nil || depth == 0 {
		return nil, "", false
	}
	if kind == "text/html" {
		b, err := io.ReadAll(plain(h.Get("Content-Transfer-Encoding"), body))
		return b, params["charset"], err == nil || len(b) > 0
	}
	if !strings.HasPrefix(kind, "multipart/") {
		return nil, "", false
	}
	parts := multipart.NewReader(body, params["boundary"])
	for {
		part, err := parts.NextRawPart()
		if err != nil {
			return nil, "", false
		}
		if page, charset, ok = pageIn(part.Header, part, depth-1); ok {
			return page, charset, true
		}
	}
}

// plain takes the packing for the mail off.
func plain(packing string, r io.Reader) io.Reader {
	switch strings.ToLower(strings.TrimSpace(packing)) {
	case "quoted-printable":
		return quotedprintable.NewReader(r)
	case "base64":
		return base64.NewDecoder(base64.StdEncoding, r)
	}
	return r
}
