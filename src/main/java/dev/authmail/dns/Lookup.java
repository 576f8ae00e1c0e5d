package dev.authmail.dns;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.lookup.NoSuchDomainException;
import org.xbill.DNS.lookup.NoSuchRRSetException;

/**
 * A way to put a question and to remember its answer. It fails with {@link NoSuchDomainException} where the name does not
 * exist, may fail with {@link NoSuchRRSetException} where it has no such record, and with anything else for now.
 */
interface Lookup {
    CompletionStage<Answer> ask(Name name, int type);

    /**
     * What came.
     *
     * @param records of the type asked for; may be empty
     * @param secure whether DNSSEC proves them, and every CNAME that led to them
     * @param owner the name that has them, after CNAMEs
     */
    record Answer(List<Record> records, boolean secure, Name owner) {}
}
