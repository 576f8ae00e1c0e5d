package dev.authmail.mime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mails as they come, whole and broken. In the tables / is the end of a line. */
class MimeReaderTest {
    private static final MimeLimits LIMITS = MimeLimits.defaults();

    private static MimeMessage read(String mail) {
        return MimeReader.read(mail.getBytes(UTF_8), LIMITS);
    }

    private static String leaves(MimeMessage mail) {
        return mail.parts().stream()
                .map(p -> p.type().type() + "/" + p.type().subtype() + "="
                        + p.text().strip())
                .collect(Collectors.joining(" "));
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', textBlock = """
            # mail                                                                                        | leaves                                   | why
            From: a/Content-Type: multipart/mixed; boundary=b//--b//one/--b/Content-Type: text/html//<p>two/--b--/end | text/plain=one text/html=two | as it should be
            From: a/Content-Type: multipart/mixed; boundary="b"//pre/--b//one                             | text/plain=one                           | no end; the preamble does not count
            From: a/Content-Type: multipart/mixed; boundary=b//only words                                 | text/plain=only words                    | the boundary never comes
            From: a/Content-Type: multipart/mixed//--b//one                                               | text/plain=--b  one                      | no boundary is named
            From: a/Content-Type: multipart/mixed; boundary=b//--b/Content-Type: multipart/mixed; boundary=c//--c//in/--b//out/--b-- | text/plain=in text/plain=out | the outer delimiter ends the inner multipart
            From: a/Content-Type: multipart/mixed; boundary=b//--b/Content-Type: text/plain/--b//two      | text/plain=two                           | a part that is a header alone is no leaf
            From: a/Content-Type: multipart/mixed; boundary=b//--b/no header here/--b--                   | text/plain=no header here                | a part without an empty line
            From: a/Content-Type: multipart/mixed; boundary=b//--bb//one/--b//two                         | text/plain=two                           | a longer word is no delimiter
            From: a/Content-Type: multipart/digest; boundary=b//--b//Subject: x//y/--b--                  | message/rfc822=Subject: x  y             | RFC 2046 section 5.1.5
            From: a/Content-Type: image/png//PNG                                                          | image/png=                               | a picture says nothing
            From: a/Content-Type: nonsense//one                                                           | text/plain=one                           | no content type
            From x@y Mon Jan  1 00:00:00 2024/From: a//one                                                | text/plain=one                           | the line of a mailbox file
            //From: a//one                                                                                | text/plain=one                           | empty lines before the header
            <a@b.example>: host said: 550 no/second                                                       | text/plain=<a@b.example>: host said: 550 no second | a body alone
            Final-Recipient: rfc822; a@b.example/Action: failed//x                                        | text/plain=Final-Recipient: rfc822; a@b.example Action: failed  x | fields that no mail begins with
            """)
    void theLeavesAre(String mail, String leaves, String why) {
        String text = mail.replace('/', '\n')
                .replace("multipart\n", "multipart/")
                .replace("text\n", "text/")
                .replace("image\n", "image/");

        assertThat(leaves(read(text)).replace('\n', ' ')).as(why).isEqualTo(leaves.replace('/', '/'));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"LF,\\n", "CRLF,\\r\\n", "CR,\\r", "CRCRLF,\\r\\r\\n"})
    void linesEndAsTheyLike(String name, String end) {
        String mail = "From: a\nSubject: one\n two\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nx\n\ny\n--b--\n"
                .replace("\n", end.replace("\\r", "\r").replace("\\n", "\n"));

        MimeMessage read = read(mail);

        assertThat(read.fields().first("subject")).contains("one two");
        assertThat(leaves(read)).isEqualTo("text/plain=x\n\ny");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', textBlock = """
            # charset            | octets, percent-encoded                        | text
            UTF-8                | %E3%81%82                                      | あ
            utf8                 | %E3%81%82                                      | あ
            ISO-2022-JP          | %1B$B$%22%1B(B                                 | あ
            us-ascii             | %1B$B$%22%1B(B                                 | あ
            Shift_JIS            | %82%A0                                         | あ
            EUC-JP               | %A4%A2                                         | あ
            koi8-r               | %F0%D2                                         | Пр
            windows-1251         | %CF%F0                                         | Пр
            gb2312               | %C4%E3                                         | 你
            big5                 | %A7%41                                         | 你
            euc-kr               | %B0%A1                                         | 가
            iso-8859-1           | %93e%E9                                        | “eé
            utf-7                | a+MEI-b+-c                                     | aあb+c
            x-no-such            | %E3%81%82                                      | あ
            x-no-such            | %E9                                            | é
            ''                   | %E9                                            | é
            """)
    void charsetsAreRead(String charset, String octets, String text) {
        byte[] raw = java.net.URLDecoder.decode(octets.replace("+", "%2B"), ISO_8859_1)
                .getBytes(ISO_8859_1);

        assertThat(MailCharset.decode(raw, charset)).isEqualTo(text);
    }

    @ParameterizedTest(name = "{3}")
    @CsvSource(delimiter = '|', textBlock = """
            # encoding         | body            | text     | why
            base64             | aGVsbG8=        | hello    | as it should be
            base64             | aGV sb*G8       | hello    | spaces, strange characters, no padding
            base64             | aGVsbG8=aGk=    | hellohi  | two encodings joined
            quoted-printable   | h=65llo=20=     | hello    | a soft end at the end
            quoted-printable   | 1=2 =ZZ =E3=81=82 | 1=2 =ZZ あ | what is no code stays
            7bit               | a=20b           | a=20b    | no encoding
            x-strange          | a=20b           | a=20b    | one that nobody knows
            """)
    void transferEncodingsAreUndone(String encoding, String body, String text, String why) {
        MimeMessage mail = read("From: a\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: "
                + encoding + "\n\n" + body);

        assertThat(mail.parts().getFirst().text().strip()).as(why).isEqualTo(text);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            =?UTF-8?Q?a_=C3=A9?=                          | a é
            =?iso-2022-jp?B?GyRCJCIbKEI=?=                | あ
            =?UTF-8?B?44E=?= =?UTF-8?B?gg==?=             | あ
            one =?UTF-8?Q?two?= three                     | one two three
            =?nowhere?Q?two?=                             | two
            =?UTF-8?X?two?=                               | =?UTF-8?X?two?=
            """)
    void encodedWordsAreDecoded(String field, String text) {
        assertThat(EncodedWordDecoder.decode(field)).isEqualTo(text);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            <p>a<br>b</p>                                      | a/b
            <head><title>t</title></head><p>a &lt;b@c.example&gt; &#12354;&nbsp;&amp;x | a <b@c.example> あ &x
            mail to <b@c.example> now                          | mail to <b@c.example> now
            <style>p{}</style>a<script>x()</script>b           | ab
            <!-- no -->a<!-- never closed                      | a
            a < b and <<< c                                    | a < b and <<< c
            <style>never closed                                | ''
            """)
    void htmlIsReadAsAPersonDoes(String html, String text) {
        assertThat(HtmlText.of(html).strip().replaceAll("\\s*\\n\\s*", "/")).isEqualTo(text);
    }

    @Test
    void aParameterMayBeQuotedOrNot() {
        ContentType type =
                ContentType.parse("Text/Plain; charset=\"utf-8\" ; name*0*=UTF-8''x;boundary = a\\b; format=flowed");

        assertThat(type.is("text/plain")).isTrue();
        assertThat(type.parameter("charset")).contains("utf-8");
        assertThat(type.parameter("boundary")).contains("a\\b");
        assertThat(type.parameter("missing")).isEmpty();
    }
}
