<?php
// Verifies an authmail link with PHP's own functions. $keys: [kid => octets]; $origin: as configured, never from Host.
// Returns [state, link]: "valid", "expired" or "invalid"; use the values of link, never $_GET.
function verify(string $rawPathAndQuery, string $purpose, string $origin, array $keys, ?int $now = null): array
{
    [$signed, $rest] = explode('&sig=', $rawPathAndQuery, 2) + [1 => null];
    if ($rest === null || strlen($rawPathAndQuery) > 8192 || !str_starts_with($signed, '/')) return ['invalid', null];
    $pairs = array_map(fn ($p) => explode('=', $p, 2) + [1 => ''], explode('&', explode('?', $signed, 2)[1] ?? ''));
    $link = array_column($pairs, 1, 0);
    $names = array_diff(array_column($pairs, 0), ['next']);
    sort($names, SORT_STRING);
    $key = $keys[$link['kid'] ?? ''] ?? null;
    if ($names !== ['ah', 'exp', 'id', 'kid', 'uid'] || count($pairs) !== count($link) || $key === null) return ['invalid', null];
    $mac = base64url(hash_hmac('sha256', "authmail-url-v1\n$purpose\n$origin$signed", $key, true));
    if (!hash_equals($mac, explode('&', $rest, 2)[0])) return ['invalid', null];
    foreach (['uid', 'next'] as $name) if (isset($link[$name])) $link[$name] = rawurldecode($link[$name]);
    return [($now ?? time()) < (int) $link['exp'] ? 'valid' : 'expired', $link];
}

// Whether the mail went to the address that the user has now.
function matchesAddress(array $link, string $address, array $keys): bool
{
    $mac = hash_hmac('sha256', "authmail-address-v1\n$address", $keys[$link['kid']], true);
    return hash_equals(base64url(substr($mac, 0, 16)), $link['ah']);
}

function base64url(string $octets): string
{
    return rtrim(strtr(base64_encode($octets), '+/', '-_'), '=');
}
