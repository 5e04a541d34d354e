package io.junction.common.subscription;

import java.math.BigInteger;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which addresses lie out in the world. All others are of the house, and a subscription that leads
 * there would make Junction speak for whoever wrote it: to a metadata service, to a database that
 * trusts its neighbours.
 *
 * <p>Of IPv6 only what is handed out (2000::/3) is public, and where an IPv4 address travels inside
 * of one, that decides.
 */
public final class TargetAddress {

  private static final List<Block> CLOSED =
      blocks(
          "0.0.0.0/8", // this network
          "10.0.0.0/8",
          "100.64.0.0/10", // carriers' own
          "127.0.0.0/8",
          "169.254.0.0/16", // link-local, and the metadata services of clouds
          "172.16.0.0/12",
          "192.0.0.0/24", // protocol assignments
          "192.0.2.0/24", // documentation
          "192.88.99.0/24", // relays of 6to4, given up
          "192.168.0.0/16",
          "198.18.0.0/15", // benchmarks
          "198.51.100.0/24", // documentation
          "203.0.113.0/24", // documentation
          "224.0.0.0/4", // multicast
          "240.0.0.0/4", // reserved, and broadcast
          "2001::/23", // protocol assignments
          "2001:db8::/32", // documentation
          "3fff::/20"); // documentation

  private static final Block HANDED_OUT = Block.of("2000::/3");
  private static final Block MAPPED = Block.of("::ffff:0:0/96");
  private static final Block NAT64 = Block.of("64:ff9b::/96");
  private static final Block SIX_TO_FOUR = Block.of("2002::/16");
  private static final Block TEREDO = Block.of("2001::/32");

  private TargetAddress() {}

  /** Whether a message may go there without an operator's leave. */
  public static boolean isPublic(InetAddress address) {
    return isPublic(address.getAddress());
  }

  private static boolean isPublic(byte[] address) {
    if (address.length == 4) {
      return isOpen(address);
    }
    if (MAPPED.holds(address) || NAT64.holds(address)) {
      return isOpen(inside(address, 12));
    }
    if (SIX_TO_FOUR.holds(address)) {
      return isOpen(inside(address, 2));
    }
    if (TEREDO.holds(address)) {
      return isOpen(inside(address, 4)) && isOpen(inverted(inside(address, 12)));
    }
    return HANDED_OUT.holds(address) && isOpen(address);
  }

  private static boolean isOpen(byte[] address) {
    return CLOSED.stream().noneMatch(block -> block.holds(address));
  }

  private static byte[] inside(byte[] address, int from) {
    return Arrays.copyOfRange(address, from, from + 4);
  }

  /** Teredo turns the bits of its client's address around. */
  private static byte[] inverted(byte[] address) {
    byte[] inverted = new byte[address.length];
    for (int i = 0; i < address.length; i++) {
      inverted[i] = (byte) ~address[i];
    }
    return inverted;
  }

  private static List<Block> blocks(String... texts) {
    return Stream.of(texts).map(Block::of).toList();
  }

  /** Addresses of {@code bytes} bytes that are alike but for the last {@code shift} bits. */
  private record Block(int bytes, int shift, BigInteger prefix) {

    static Block of(String text) {
      int slash = text.indexOf('/');
      byte[] address = v6OrV4(text.substring(0, slash));
      int shift = address.length * 8 - Integer.parseInt(text.substring(slash + 1));
      return new Block(address.length, shift, new BigInteger(1, address).shiftRight(shift));
    }

    /** The JDK makes an IPv4 address of a mapped one. */
    private static byte[] v6OrV4(String literal) {
      byte[] address = InetAddress.ofLiteral(literal).getAddress();
      if (address.length == 4 && literal.contains(":")) {
        byte[] mapped = new byte[16];
        mapped[10] = (byte) 0xff;
        mapped[11] = (byte) 0xff;
        System.arraycopy(address, 0, mapped, 12, 4);
        return mapped;
      }
      return address;
    }

    boolean holds(byte[] address) {
      return address.length == bytes && new BigInteger(1, address).shiftRight(shift).equals(prefix);
    }
  }
}
