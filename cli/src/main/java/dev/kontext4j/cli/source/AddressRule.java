package dev.kontext4j.cli.source;

import dev.kontext4j.sampler.picture.PictureException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.Security;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Predicate;

/// Which addresses may be asked for a picture. A page or a list from a stranger should not make
/// this program knock at doors that only this machine can reach.
///
/// @param permitted which places may be asked
record AddressRule(Predicate<InetAddress> permitted) {
  private static final byte[] NAT64 = {0, 0x64, (byte) 0xff, (byte) 0x9b, 0, 0, 0, 0, 0, 0, 0, 0};

  static {
    // The addresses that were checked are the ones that are called: a name server that answers
    // differently the second time is not asked again.
    Security.setProperty("networkaddress.cache.ttl", "600");
  }

  /// The rule for a user's word.
  ///
  /// @param local whether addresses in this network may be asked, too
  static AddressRule of(boolean local) {
    return new AddressRule(local ? _ -> true : AddressRule::isPublic);
  }

  void require(URI address) {
    String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
    boolean web = scheme.equals("http") || scheme.equals("https");
    if (!web || address.getHost() == null) {
      throw new PictureException(
          address
              + " is no web address; it must be http:// or https:// and a name in plain letters");
    }
    if (address.getUserInfo() != null) {
      throw new PictureException(
          address.getHost()
              + ": names and passwords in addresses are not sent; save the picture first");
    }
    for (InetAddress place : places(address)) {
      if (!permitted.test(place)) {
        throw new PictureException(
            "%s leads into this machine's own network (%s); --allow-local-urls permits that"
                .formatted(address, place.getHostAddress()));
      }
    }
  }

  private static InetAddress[] places(URI address) {
    try {
      return InetAddress.getAllByName(address.getHost());
    } catch (UnknownHostException e) {
      throw new PictureException(
          address + " cannot be reached: there is no " + address.getHost() + "; check the address",
          e);
    }
  }

  /// Whether an address is one that the whole internet shares.
  static boolean isPublic(InetAddress place) {
    if (place.isAnyLocalAddress()
        || place.isLoopbackAddress()
        || place.isLinkLocalAddress()
        || place.isSiteLocalAddress()
        || place.isMulticastAddress()) {
      return false;
    }
    byte[] bytes = place.getAddress();
    return place instanceof Inet6Address ? isPublic6(bytes) : isPublic4(bytes, 0);
  }

  private static boolean isPublic4(byte[] bytes, int at) {
    int first = bytes[at] & 0xff;
    int second = bytes[at + 1] & 0xff;
    return switch (first) {
      case 0, 10, 127 -> false;
      case 100 -> second < 64 || second > 127; // between a provider and its customers
      case 169 -> second != 254;
      case 172 -> second < 16 || second > 31;
      case 192 -> second != 168 && second != 0;
      case 198 -> second != 18 && second != 19;
      default -> first < 224;
    };
  }

  /// Global unicast alone. Of the forms that carry an IPv4 address: 6to4 and NAT64's own prefix
  /// with a public one; Teredo and what networks choose for themselves lead who knows where.
  private static boolean isPublic6(byte[] bytes) {
    int head = (bytes[0] & 0xff) << 8 | (bytes[1] & 0xff);
    if (head == 0x2002) {
      return isPublic4(bytes, 2); // 6to4
    }
    if (Arrays.equals(bytes, 0, NAT64.length, NAT64, 0, NAT64.length)) {
      return isPublic4(bytes, 12);
    }
    boolean teredo = head == 0x2001 && bytes[2] == 0 && bytes[3] == 0;
    return (head & 0xe000) == 0x2000 && !teredo;
  }
}
