package dev.authmail.mtasts;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The record at {@code _mta-sts.<domain>} that announces a policy. RFC 8461 §3.1.
 *
 * @param id changes when the policy does; 1 to 32 letters and digits
 */
public record StsRecord(String id) {
    private static final String VERSION = "v=STSv1";
    private static final Pattern DELIMITER = Pattern.compile("[ \\t]*;[ \\t]*");
    private static final Pattern FIELD =
            Pattern.compile("([A-Za-z0-9][A-Za-z0-9_.-]{0,31})=([\\x21-\\x3a\\x3c\\x3e-\\x7e]+)");
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9]{1,32}");

    /** The label under which a domain announces its policy. */
    public static final String LABEL = "_mta-sts";

    /** Reads all TXT records of the name: those that begin otherwise are none, and one must be left. */
    public static ParsedStsRecord ofAll(List<String> texts) {
        List<String> announced = texts.stream()
                .filter(text -> DELIMITER.split(text, 2)[0].equals(VERSION))
                .toList();
        return announced.size() == 1
                ? parse(announced.getFirst())
                : invalid(announced.isEmpty() ? "no record begins with v=STSv1;" : "there is more than one record");
    }

    /** Reads one record. Fields other than {@code id} are extensions; of a field that is repeated the first counts. */
    public static ParsedStsRecord parse(String text) {
        String[] fields = DELIMITER.split(text, -1);
        if (!fields[0].equals(VERSION)) {
            return invalid("does not begin with v=STSv1");
        }
        // One delimiter may end the record.
        int end = fields[fields.length - 1].isEmpty() ? fields.length - 1 : fields.length;
        String id = null;
        for (int i = 1; i < end; i++) {
            Matcher field = FIELD.matcher(fields[i]);
            if (!field.matches()) {
                return invalid("has a field that is not name=value");
            }
            if (field.group(1).equals("id") && id == null) {
                id = field.group(2);
            }
        }
        if (id == null) {
            return invalid("has no id");
        }
        return ID.matcher(id).matches()
                ? new ParsedStsRecord.Valid(new StsRecord(id))
                : invalid("has an id that is not 1 to 32 letters and digits");
    }

    private static ParsedStsRecord invalid(String rule) {
        return new ParsedStsRecord.Invalid(rule);
    }
}
