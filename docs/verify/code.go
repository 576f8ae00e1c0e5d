package verify

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"regexp"
	"strings"
	"time"
	"unicode"
)

var sixDigits = regexp.MustCompile(`^[0-9]{6}$`)

// Code verifies the six digits beside an authmail link; it needs verify.go beside it. It returns "right", "wrong" or
// "used-up", and the id: redeem a right one once, as with the link. Ask it in the session of the person who signed up,
// with the event, user and address that you know of them. keys: the live code keys. count adds a try of an id in your
// database, atomically, keeps it for two days, and returns how many there were, this one included.
func Code(typed, purpose, event, userID, address string, keys [][]byte, lifetime time.Duration,
	count func(id string) (int, error), now time.Time) (string, string, error) {
	hash := sha256.Sum256([]byte("authmail-id-v1\n" + event))
	id := encode(hash[:16])
	code := strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return -1
		case r >= '０' && r <= '９':
			return r - '０' + '0'
		}
		return r
	}, typed)
	if len(typed) > 64 || !sixDigits.MatchString(code) {
		return "wrong", id, nil
	}
	if tries, err := count(id); err != nil || tries > 5 { // before the code is looked at
		return "used-up", id, err
	}
	window, right := now.Unix()/int64(lifetime/time.Second), false
	for _, key := range keys {
		for _, w := range []int64{window, window - 1} {
			octets := mac(key, fmt.Sprintf("authmail-code-v1\n%s\n%d\n%s\n%s\n%s", purpose, w, id, userID, address))
			number := (binary.BigEndian.Uint64(octets[:8]) >> 16) % 1_000_000
			right = hmac.Equal([]byte(fmt.Sprintf("%06d", number)), []byte(code)) || right
		}
	}
	if right {
		return "right", id, nil
	}
	return "wrong", id, nil
}
