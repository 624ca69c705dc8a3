package dev.oriel.agent.api.tool.other;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGuardTest {
    /// Only literals, so no name is looked up.
    private static InetAddress address(String literal) throws UnknownHostException {
        return InetAddress.getByName(literal);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "8.8.8.8",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "128.0.0.0",
                "169.253.255.255",
                "169.255.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "192.0.1.0",
                "192.167.255.255",
                "192.169.0.0",
                "198.17.255.255",
                "198.20.0.0",
                "223.255.255.255",
                "::ffff:8.8.8.8",
                "2001:4860:4860::8888",
                "2606:4700::1111",
                "2a00:1450::1",
                "64:ff9b::8.8.8.8"
            })
    void acceptsPublicAddresses(String literal) throws UnknownHostException {
        assertThat(AddressGuard.isPublic(address(literal))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "10.255.255.255",
                "100.64.0.1",
                "100.127.255.255",
                "127.0.0.1",
                "127.255.255.254",
                "169.254.169.254",
                "169.254.0.1",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.1",
                "192.0.0.170",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.0.1",
                "192.168.255.255",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.1",
                "203.0.113.1",
                "224.0.0.1",
                "239.255.255.255",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "::ffff:169.254.169.254",
                "::127.0.0.1",
                "::8.8.8.8",
                "fe80::1",
                "febf::1",
                "fec0::1",
                "fc00::1",
                "fd00:ec2::254",
                "ff02::1",
                "ff0e::1",
                "64:ff9b::127.0.0.1",
                "64:ff9b::10.0.0.1",
                "64:ff9b::169.254.169.254",
                "64:ff9b:1::8.8.8.8",
                "100::1",
                "2001::1",
                "2001:0:4136:e378::1",
                "2001:10::1",
                "2001:db8::1",
                "2002:7f00:1::",
                "2002:808:808::",
                "3fff::1",
                "4000::1",
                "5f00::1"
            })
    void refusesAllOthers(String literal) throws UnknownHostException {
        assertThat(AddressGuard.isPublic(address(literal))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LOCALHOST",
                "a.localhost",
                "intranet",
                "printer.local",
                "x.internal",
                "metadata.google.internal",
                "router.lan",
                "a.home.arpa",
                "x.corp",
                "x.onion",
                "2130706433",
                "0x7f000001",
                "0x7f.0.0.1",
                "0177.0.0.1",
                "017700000001",
                "127.1",
                "127.0.1",
                "1.2.3.4.5",
                "00.0.0.0",
                "1.2.3.04",
                "example.com.",
                "example.123",
                "",
                ".",
                "..",
                "-",
                "a..b",
                "[::1%eth0]",
                "[::1",
                "a b.com",
                "ex\u00e4mple.com",
                "example\u3002com",
                "a\0b.com",
                "%31.com"
            })
    void refusesNamesThatAreNotPublic(String host) {
        assertThat(AddressGuard.isPublicName(host)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "example.com",
                "EXAMPLE.com",
                "a.b-c.example.co.uk",
                "xn--exmple-cua.com",
                "8.8.8.8",
                "[2606:4700::1111]",
                "1.1.1.1.example.com",
                "_dmarc.example.com",
                "localhost.example.com"
            })
    void acceptsPublicNames(String host) {
        assertThat(AddressGuard.isPublicName(host)).isTrue();
    }

    @Test
    void refusesAHostWithOneAddressThatIsNotPublic() {
        AddressGuard guard =
                new AddressGuard(
                        _ -> new InetAddress[] {address("8.8.8.8"), address("192.168.0.1")},
                        AddressGuard::isPublic);
        assertThatThrownBy(() -> guard.addressOf("example.com"))
                .isInstanceOf(IOException.class)
                .hasMessage("The host example.com is not on the public internet.");
    }

    @Test
    void looksANameUpOnce() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        AddressGuard guard =
                new AddressGuard(
                        _ ->
                                new InetAddress[] {
                                    address(asked.getAndIncrement() == 0 ? "8.8.8.8" : "127.0.0.1")
                                },
                        AddressGuard::isPublic);
        assertThat(guard.addressOf("example.com")).isEqualTo(address("8.8.8.8"));
        assertThat(asked).hasValue(1);
        assertThatThrownBy(() -> guard.addressOf("example.com")).isInstanceOf(IOException.class);
    }

    @Test
    void judgesLiteralsWithoutAName() throws IOException {
        AddressGuard guard = AddressGuard.system();
        assertThat(guard.addressOf("8.8.8.8")).isEqualTo(address("8.8.8.8"));
        assertThat(guard.addressOf("[2606:4700::1111]")).isEqualTo(address("2606:4700::1111"));
        for (String host : new String[] {"127.0.0.1", "[::1]", "[::ffff:7f00:1]", "999.1.1.1"}) {
            assertThatThrownBy(() -> guard.addressOf(host)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void saysWhenAHostIsUnknown() {
        AddressGuard guard =
                new AddressGuard(
                        host -> {
                            throw new UnknownHostException(host);
                        },
                        AddressGuard::isPublic);
        assertThatThrownBy(() -> guard.addressOf("example.com"))
                .hasMessage("The host example.com is not known.");
    }
}
