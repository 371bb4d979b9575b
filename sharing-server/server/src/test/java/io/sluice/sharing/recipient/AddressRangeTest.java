package io.sluice.sharing.recipient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.model.failure.Failure;
import java.net.InetAddress;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRangeTest {
    @ParameterizedTest
    @CsvSource({
        "203.0.113.7, 203.0.113.7, true",
        "203.0.113.7, 203.0.113.8, false",
        "203.0.113.0/24, 203.0.113.255, true",
        "203.0.113.0/24, 203.0.114.0, false",
        "10.0.0.0/9, 10.127.255.255, true",
        "10.0.0.0/9, 10.128.0.0, false",
        "10.1.2.3/8, 10.9.9.9, true",
        "0.0.0.0/0, 255.255.255.255, true",
        "0.0.0.0/0, ::1, false",
        "192.0.2.1/31, 192.0.2.0, true",
        "192.0.2.1/31, 192.0.2.2, false",
        "2001:db8::/32, 2001:db8:ffff::1, true",
        "2001:db8::/32, 2001:db9::1, false",
        "2001:db8::/33, 2001:db8:8000::1, false",
        "::1, ::1, true",
        "::ffff:192.0.2.0/120, 192.0.2.200, true",
        "::ffff:192.0.2.0/120, 192.0.3.0, false",
    })
    void aRangeHoldsTheAddressesThatBeginAlike(String range, String address, boolean expected) throws Exception {
        assertThat(AddressRange.parse(range).contains(InetAddress.getByName(address)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "example.org",
                "1.2.3",
                "1.2.3.256",
                "010.1.1.1",
                "1.2.3.4/33",
                "1.2.3.4/-1",
                "1.2.3.4/",
                "1.2.3.4/24/8",
                "::/129",
                "fe80::1%eth0",
                "[::1]",
                "12345::",
                ":::",
                "::ffff:1.2.3.4/95",
                " 1.2.3.4"
            })
    void whatIsNoAddressIsRefusedAndNeverLookedUp(String text) {
        assertThatThrownBy(() -> AddressRange.parse(text)).isInstanceOf(Failure.class);
    }

    @Test
    void aListHasAtMostAHundredRanges() {
        IpAccessList.of(Collections.nCopies(100, "192.0.2.1"));
        assertThatThrownBy(() -> IpAccessList.of(Collections.nCopies(101, "192.0.2.1")))
                .hasMessageContaining("101");
    }
}
