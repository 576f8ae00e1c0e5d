// Package verify checks an authmail link with Go's standard library.
package verify

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"net/url"
	"sort"
	"strconv"
	"strings"
	"time"
)

// Link returns "valid", "expired" or "invalid", and the values to use in place of the request's query.
// keys: kid to octets; origin: as configured, never from Host.
func Link(rawPathAndQuery, purpose, origin string, keys map[string][]byte, now time.Time) (string, map[string]string) {
	signed, rest, found := strings.Cut(rawPathAndQuery, "&sig=")
	if !found || len(rawPathAndQuery) > 8192 || !strings.HasPrefix(signed, "/") {
		return "invalid", nil
	}
	_, query, _ := strings.Cut(signed, "?")
	link, names := map[string]string{}, []string{}
	for _, pair := range strings.Split(query, "&") {
		name, value, _ := strings.Cut(pair, "=")
		if link[name] = value; name != "next" || strings.Count("&"+query, "&next=") > 1 {
			names = append(names, name)
		}
	}
	sort.Strings(names)
	key, known := keys[link["kid"]]
	if strings.Join(names, ",") != "ah,exp,id,kid,uid" || !known {
		return "invalid", nil
	}
	given, _, _ := strings.Cut(rest, "&")
	if !hmac.Equal([]byte(encode(mac(key, "authmail-url-v1\n"+purpose+"\n"+origin+signed))), []byte(given)) {
		return "invalid", nil
	}
	for _, name := range []string{"uid", "next"} {
		if value, there := link[name]; there {
			link[name], _ = url.PathUnescape(value)
		}
	}
	if exp, err := strconv.ParseInt(link["exp"], 10, 64); err != nil || now.Unix() >= exp {
		return "expired", link
	}
	return "valid", link
}

// MatchesAddress says whether the mail went to the address that the user has now.
func MatchesAddress(link map[string]string, address string, keys map[string][]byte) bool {
	want := encode(mac(keys[link["kid"]], "authmail-address-v1\n"+address)[:16])
	return hmac.Equal([]byte(want), []byte(link["ah"]))
}

func mac(key []byte, text string) []byte {
	hash := hmac.New(sha256.New, key)
	hash.Write([]byte(text))
	return hash.Sum(nil)
}

func encode(octets []byte) string {
	return base64.RawURLEncoding.EncodeToString(octets)
}
