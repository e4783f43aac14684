package dev.serin.server.outward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The guard of what goes out")
class GuardTest {

    private static final Guard STRICT = new Guard(InetAddress::getAllByName, false);
    private static final Guard LENIENT = new Guard(InetAddress::getAllByName, true);

    @ParameterizedTest
    @DisplayName("refuses a machine behind the firewall unless an admin allows it")
    @ValueSource(
            strings = {
                "http://127.0.0.1/",
                "http://127.9.9.9:8080/",
                "http://10.1.2.3/",
                "http://172.31.255.255/",
                "http://192.168.0.1/",
                "http://100.64.0.1/",
                "http://[::1]/",
                "http://[fd12::1]/",
                "http://[::ffff:127.0.0.1]/",
                "http://[64:ff9b::7f00:1]/",
                "http://2130706433/"
            })
    void privateRanges(String address) throws Exception {
        var parsed = WebAddress.parse(address);
        assertThatThrownBy(() -> STRICT.check(parsed))
                .isInstanceOf(BadAddress.class)
                .hasMessageContaining("serin.notices.allow-private=true");
        assertThat(LENIENT.check(parsed)).isNotNull();
    }

    @ParameterizedTest
    @DisplayName(
            "refuses the clouds' metadata, multicast and reserved addresses, whoever allows it")
    @ValueSource(
            strings = {
                "169.254.169.254",
                "100.100.100.200",
                "168.63.129.16",
                "0.0.0.0",
                "224.0.0.1",
                "255.255.255.255",
                "fe80::1",
                "fd00:ec2::254",
                "ff02::1",
                "::",
                "::127.0.0.1",
                "2002:7f00:1::",
                "64:ff9b::a9fe:a9fe"
            })
    void neverRanges(String machine) throws Exception {
        var guard = new Guard(_ -> new InetAddress[] {InetAddress.ofLiteral(machine)}, true);
        var parsed = WebAddress.parse("https://hooks.example.com/");
        assertThatThrownBy(() -> guard.check(parsed))
                .isInstanceOf(BadAddress.class)
                .hasMessageContaining("reserved");
        assertThatThrownBy(() -> WebAddress.parse("http://" + bracketed(machine) + "/"))
                .isInstanceOf(BadAddress.class);
    }

    @Test
    @DisplayName("refuses a name of which only one address is private")
    void oneOfTwo() throws Exception {
        var guard =
                new Guard(
                        _ ->
                                new InetAddress[] {
                                    InetAddress.ofLiteral("8.8.8.8"),
                                    InetAddress.ofLiteral("10.0.0.1")
                                },
                        false);
        var parsed = WebAddress.parse("https://hooks.example.com/");
        assertThatThrownBy(() -> guard.check(parsed)).isInstanceOf(BadAddress.class);
    }

    @Test
    @DisplayName("lets the internet pass")
    void internet() throws BadAddress, UnknownHostException {
        assertThat(STRICT.check(WebAddress.parse("https://8.8.8.8/a"))).hasToString("/8.8.8.8");
        assertThat(STRICT.check(WebAddress.parse("https://[2606:4700::1111]/a"))).isNotNull();
    }

    private static String bracketed(String machine) {
        return machine.contains(":") ? "[" + machine + "]" : machine;
    }
}
