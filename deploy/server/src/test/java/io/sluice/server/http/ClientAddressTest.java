package io.sluice.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.server.pods.PodSecret;
import io.sluice.sharing.recipient.AddressRange;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whose word is taken for where a request comes from. */
class ClientAddressTest {
    private static final ProxyChain CHAIN = new ProxyChain(
            Stream.of("10.0.0.0/8", "192.0.2.1").map(AddressRange::parse).toList());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // The connection, and nobody's header.
                "203.0.113.7 | 198.51.100.1              | 203.0.113.7",
                // A proxy of ours, and what it heard.
                "10.0.0.1    | 198.51.100.1              | 198.51.100.1",
                "10.0.0.1    | 10.9.9.9, 198.51.100.1    | 198.51.100.1",
                "10.0.0.1    | 198.51.100.1, 192.0.2.1   | 198.51.100.1",
                // What the client invented stands left of what our proxies wrote.
                "10.0.0.1    | 127.0.0.1, 198.51.100.1, 10.2.2.2 | 198.51.100.1",
                "10.0.0.1    | 198.51.100.1, unknown     | 10.0.0.1",
                "10.0.0.1    | 10.0.0.2                  | 10.0.0.2",
                "10.0.0.1    | ''                        | 10.0.0.1",
            })
    void theHeaderIsBelievedAsFarAsItsWritersAre(String peer, String header, String client) throws Exception {
        assertThat(CHAIN.client(address(peer), List.of(header))).isEqualTo(address(client));
    }

    @Test
    void severalHeadersAreOneChain() throws Exception {
        assertThat(CHAIN.client(address("10.0.0.1"), List.of("198.51.100.1", "10.0.0.3")))
                .isEqualTo(address("198.51.100.1"));
        assertThat(CHAIN.client(address("10.0.0.1"), List.of())).isEqualTo(address("10.0.0.1"));
    }

    @Test
    void aPodsWordIsTakenForTheRequestThatItSentOnAndForNoOther() throws Exception {
        PodVoucher pod = new PodVoucher(PodSecret.of("0123456789abcdef"));
        InetAddress client = address("2001:db8::7");
        String voucher = pod.write(client, "r-1");

        assertThat(pod.read(voucher, "r-1")).contains(client);
        assertThat(pod.read(voucher, "r-2")).isEmpty();
        assertThat(pod.read(voucher.replace("7;", "8;"), "r-1")).isEmpty();
        assertThat(new PodVoucher(PodSecret.of("another secret..")).read(voucher, "r-1"))
                .isEmpty();
        for (String nonsense : List.of("", ";", "127.0.0.1", "127.0.0.1;", "127.0.0.1;xyz", "127.0.0.1;00"))
            assertThat(pod.read(nonsense, "r-1")).isEmpty();
    }

    private static InetAddress address(String text) throws UnknownHostException {
        return InetAddress.getByName(text);
    }
}
