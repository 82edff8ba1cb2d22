package dev.kontext4j.cli.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kontext4j.sampler.picture.PictureException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRuleTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "0.1.2.3",
        "10.0.0.1",
        "100.64.0.1",
        "100.127.255.255",
        "127.0.0.1",
        "127.9.9.9",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.8",
        "192.168.1.1",
        "198.18.0.1",
        "198.19.255.255",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "fe80::1",
        "fec0::1",
        "fc00::1",
        "fd12:3456::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.1.2.3",
        "2002:7f00:1::",
        "2002:c0a8:101::",
        "64:ff9b::a00:1",
        "64:ff9b::7f00:1"
      })
  void ofThisNetwork(String address) throws UnknownHostException {
    assertPublic(false, address);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "8.8.8.8",
        "93.184.216.34",
        "100.63.255.255",
        "100.128.0.1",
        "169.253.1.1",
        "172.15.0.1",
        "172.32.0.1",
        "192.167.1.1",
        "198.17.0.1",
        "223.255.255.255",
        "2606:2800:220:1::1",
        "2a00:1450::1",
        "::ffff:8.8.8.8",
        "2002:808:808::",
        "64:ff9b::808:808"
      })
  void ofAll(String address) throws UnknownHostException {
    assertPublic(true, address);
  }

  private static void assertPublic(boolean expected, String address) throws UnknownHostException {
    assertEquals(expected, AddressRule.isPublic(InetAddress.getByName(address)), address);
  }

  /// Other ways of writing an address lead to the same place.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost/a.png",
        "http://127.1/a.png",
        "http://2130706433/a.png",
        "http://[::1]/a.png",
        "http://[::ffff:127.0.0.1]/a.png"
      })
  void otherSpellings(String address) {
    refused(address, "");
  }

  @ParameterizedTest
  @CsvSource({
    "ftp://1.1.1.1/a.png,must be http",
    "file:///etc/passwd,must be http",
    "http:///a.png,must be http",
    "http://user:word@1.1.1.1/a.png,are not sent"
  })
  void noWebAddress(String address, String words) {
    refused(address, words);
  }

  @Test
  void permitted() {
    AddressRule.of(true).require(URI.create("http://127.0.0.1:1/a.png"));
    AddressRule.of(false).require(URI.create("https://1.1.1.1/a.png"));
  }

  private static void refused(String address, String words) {
    var rule = AddressRule.of(false);
    var e = assertThrows(PictureException.class, () -> rule.require(URI.create(address)), address);
    assertTrue(String.valueOf(e.getMessage()).contains(words), e.getMessage());
  }
}
