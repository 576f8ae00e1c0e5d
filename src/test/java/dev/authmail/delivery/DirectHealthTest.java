package dev.authmail.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DirectHealthTest {
    @Test
    void onlyAFitSetUpSendsDirectly() {
        DirectHealth fit = DirectHealth.Verdict.Fit::new;
        DirectHealth unfit = () -> new DirectHealth.Verdict.Unfit("192.0.2.1 has no PTR record");

        assertThat(fit.closed()).isEmpty();
        assertThat(unfit.closed()).contains("the set-up is not fit to send directly: 192.0.2.1 has no PTR record");
    }

    @Test
    void whatNobodyKnowsYetCountsAsUnfit() {
        assertThat(DirectHealth.UNKNOWN.closed())
                .contains("it is not known yet whether the set-up is fit to send directly");
    }
}
