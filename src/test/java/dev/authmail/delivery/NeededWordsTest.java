package dev.authmail.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NeededWordsTest {
    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(delimiter = ';', nullValues = "-", textBlock = """
            mailbox full                 ; mailbox full         ; a word
            over|full                    ; over,full            ; alternatives
            (over|full) quota            ; ' quota'             ; the longest that must be there
            fail(ed|ure)                 ; fail                 ; a word before a group
            (user|account)\\b            ; user,account         ; a group alone
            (user|account)?              ; -                    ; a group that may be missing
            (user|account)+ at           ; user,account         ; a group that is there once at least
            mail ?box                    ; mail                 ; a space that may be missing
            mailboxe?s                   ; mailbox              ; a letter that may be missing ends the word
            full+y                       ; full                 ; a letter that repeats ends the word
            full{0,2}y                   ; ful                  ; perhaps not there
            full{1,2}y                   ; full                 ; there once
            over|x                       ; -                    ; one alternative is too short
            \\d\\d\\.\\d                 ; -                    ; no word at all
            5\\.7\\.28                   ; 5.7.28               ; escaped punctuation
            [abc]over[^d]                ; over                 ; classes
            (?!not )listed               ; listed               ; looking ahead needs nothing
            (?<!not )listed              ; listed               ; nor looking behind
            (?:host|domain)s unknown     ; s unknown            ; a group without a number
            a.{0,40}full                 ; full                 ; a gap
            (?i)full                     ; -                    ; flags are not known here
            \\Qfull\\E                   ; -                    ; nor quotations
            [a-z&&[^x]]full              ; -                    ; nor classes in classes
            full(                        ; -                    ; nor what is no regular expression
            full)over                    ; -                    ; nor this
            """)
    void areFound(String regex, String words, String reason) {
        assertThat(NeededWords.of(regex)).as(reason).isEqualTo(words == null ? List.of() : List.of(words.split(",")));
    }
}
