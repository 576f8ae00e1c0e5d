<?php
// Verifies the six digits beside an authmail link with PHP's own functions. $keys: the live code keys, as octets.
// Returns [state, id]: "right", "wrong" or "used-up"; redeem a right id once, as with the link. Ask it in the session of
// the person who signed up, with the event, user and address that you know of them. $count($id) adds a try of that id in
// your database, atomically, keeps it for two days, and returns how many there were, this one included.
function verifyCode(string $typed, string $purpose, string $event, string $userId, string $address, array $keys,
    int $lifetime, callable $count, ?int $now = null): array
{
    $id = rtrim(strtr(base64_encode(substr(hash('sha256', "authmail-id-v1\n$event", true), 0, 16)), '+/', '-_'), '=');
    $fullWidth = ['０' => '0', '１' => '1', '２' => '2', '３' => '3', '４' => '4', '５' => '5', '６' => '6', '７' => '7', '８' => '8', '９' => '9'];
    $code = strlen($typed) > 64 ? '' : preg_replace('/[\s\x{3000}]/u', '', strtr($typed, $fullWidth)) ?? '';
    if (!preg_match('/^[0-9]{6}$/D', $code)) return ['wrong', $id];
    if ($count($id) > 5) return ['used-up', $id]; // before the code is looked at
    $window = intdiv($now ?? time(), $lifetime);
    $right = false;
    foreach ($keys as $key) {
        foreach ([$window, $window - 1] as $w) {
            $mac = hash_hmac('sha256', "authmail-code-v1\n$purpose\n$w\n$id\n$userId\n$address", $key, true);
            $number = (unpack('J', $mac)[1] >> 16 & 0xFFFFFFFFFFFF) % 1_000_000;
            $right = hash_equals(sprintf('%06d', $number), $code) || $right;
        }
    }
    return [$right ? 'right' : 'wrong', $id];
}
