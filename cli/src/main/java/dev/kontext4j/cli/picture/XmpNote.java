package dev.kontext4j.cli.picture;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// A note as an XMP packet, in a property of our own.
final class XmpNote {
  private static final String START = "<kontext4j:recipe>";
  private static final String END = "</kontext4j:recipe>";

  private XmpNote() {}

  static byte[] of(String note) {
    String packet =
        """
        <?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
        <x:xmpmeta xmlns:x="adobe:ns:meta/">
         <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
          <rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
            xmlns:kontext4j="https://github.com/kontext4j/ns/1.0/">
           <xmp:CreatorTool>kontext4j</xmp:CreatorTool>
           <kontext4j:recipe>%s</kontext4j:recipe>
          </rdf:Description>
         </rdf:RDF>
        </x:xmpmeta>
        <?xpacket end="w"?>\
        """
            .formatted(escaped(note));
    return packet.getBytes(StandardCharsets.UTF_8);
  }

  /// The note in a packet that [#of] made.
  static Optional<String> read(String packet) {
    int start = packet.indexOf(START);
    int end = start < 0 ? -1 : packet.indexOf(END, start);
    return end < 0
        ? Optional.empty()
        : Optional.of(unescaped(packet.substring(start + START.length(), end)));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static String unescaped(String text) {
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
  }
}
