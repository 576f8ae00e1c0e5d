package dev.authmail.bounce;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a mail is that no machine wrote for machines: by who sent it, what it is called and what it says. */
class KindOfMailTest {

    @ParameterizedTest(name = "{5}")
    @CsvSource(delimiter = '|', textBlock = """
            # field                       | from                  | subject                            | text                                                                   | kind       | why
            Return-Path: <>               | Ann <ann@b.example>   | Abwesenheitsnotiz: Confirm         | Ich bin im Urlaub.                                                     | autoreply  | German
            Auto-Submitted: auto-replied  | Ann <ann@b.example>   | Message d'absence : Confirm        | Votre message n'a pas été lu.                                          | autoreply  | French, by its field
            Return-Path: <>               | Ann <ann@b.example>   | Automatyczna odpowiedź: Confirm    | Jestem poza biurem.                                                    | autoreply  | Polish
            Return-Path: <>               | Ann <ann@b.example>   | Automatická odpověď: Confirm       | Jsem mimo kancelář.                                                    | autoreply  | Czech
            Return-Path: <>               | Ann <ann@b.example>   | Automatikus válasz: Confirm        | Nem vagyok az irodában.                                                | autoreply  | Hungarian
            Return-Path: <>               | Ann <ann@b.example>   | Otomatik Yanıt: Confirm            | Ofis dışındayım.                                                       | autoreply  | Turkish
            Return-Path: <>               | Ann <ann@b.example>   | Автоматический ответ: Confirm      | Я в отпуске.                                                           | autoreply  | Russian
            Return-Path: <>               | Ann <ann@b.example>   | Автоматична відповідь: Confirm     | Я у відпустці.                                                         | autoreply  | Ukrainian
            Return-Path: <>               | Ann <ann@b.example>   | Αυτόματη απάντηση: Confirm         | Λείπω σε άδεια.                                                        | autoreply  | Greek
            Return-Path: <>               | Ann <ann@b.example>   | רד: תשובה אוטומטית                 | אני בחופשה                                                             | autoreply  | Hebrew
            Return-Path: <>               | Ann <ann@b.example>   | رد تلقائي: Confirm                 | أنا خارج المكتب.                                                       | autoreply  | Arabic
            Return-Path: <>               | Ann <ann@b.example>   | 自动回复：Confirm                  | 我正在休假。                                                           | autoreply  | Chinese
            Return-Path: <>               | Ann <ann@b.example>   | 자동 회신: Confirm                 | 현재 부재중입니다.                                                     | autoreply  | Korean
            Auto-Submitted: auto-replied  | Ann <ann@b.example>   | Re: Confirm                        | Back on Monday.                                                        | autoreply  | by its field alone
            Return-Path: <>               | Ann <ann@b.example>   | Automatic reply: Confirm           | This mailbox is no longer active; your message was not delivered to anybody else. | autoreply | a note with the words of a bounce
            Auto-Submitted: auto-replied  | MAILER-DAEMON@b.example | Undelivered Mail                 | <ann@b.example>: 550 5.1.1 User unknown                                | bounce     | bounces have the field as well
            Return-Path: <>               | Ann <ann@b.example>   | Re: Confirm                        | Bitte bestätigen Sie, dass Sie der Absender sind; Ihre Nachricht wurde noch nicht zugestellt. | not_bounce | a challenge in German
            Return-Path: <>               | Ann <ann@b.example>   | Please confirm your message        | Your message is held because your address has not been verified. This is an automatic reply. | not_bounce | a challenge that calls itself an answer
            X-A: b                        | Parcels <i@p.example> | Ihr Paket konnte nicht zugestellt werden | Wählen Sie einen neuen Termin.                                   | not_bounce | a parcel service
            List-Id: <dev.lists.example>  | Dev <d@lists.example> | mail could not be delivered (#12)  | The message could not be delivered to user@b.example, says the log.    | not_bounce | people on a list talk of bounces
            X-A: b                        | Ann <ann@b.example>   | Read: Confirm                      | Your message was read on Tuesday.                                      | delivered  | a receipt in words
            X-A: b                        | Ann <ann@b.example>   | Gelesen: Confirm                   | Ihre Nachricht wurde am Dienstag gelesen.                              | delivered  | the same in German
            Return-Path: <>               | MAILER-DAEMON@b.example | Delivered: Confirm               | Your message was successfully delivered to ann@b.example.              | delivered  | a success in words
            Return-Path: <>               | MAILER-DAEMON@b.example | Zwrot                            | Niestety nie moglem dostarczyc wiadomosci: ann@b.example               | bounce     | Polish
            Return-Path: <>               | postmaster@b.example  | Teslim edilemedi: Confirm          | ann@b.example                                                          | bounce     | Turkish
            Return-Path: <>               | postmaster@b.example  | Kan inte levereras: Confirm        | ann@b.example                                                          | bounce     | Swedish
            Return-Path: <>               | postmaster@b.example  | 메일 전송 실패                     | ann@b.example                                                          | bounce     | Korean
            """)
    void isTold(String field, String from, String subject, String text, String kind, String why) {
        Bounce bounce = Bounces.read(field + "\nFrom: " + from + "\nTo: hello@shop.example\nSubject: " + subject
                + "\nContent-Type: text/plain; charset=utf-8\n\n" + text + "\n");

        assertThat(bounce.kind().code()).as(why).isEqualTo(kind);
    }
}
