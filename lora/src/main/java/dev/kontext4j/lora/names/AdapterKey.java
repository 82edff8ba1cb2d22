package dev.kontext4j.lora.names;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/// A key of an adapter file, taken apart.
///
/// @param layer as the file calls it
/// @param piece which of the pieces of a layer, if the key counts them
public record AdapterKey(String layer, Role role, OptionalInt piece) {

  /// Between the name of a half and `weight`: PEFT's name for an adapter, or sd-scripts' number of
  /// a piece.
  private static final String INFIX = "(?:\\.(?!weight$|bias$)(?<infix>[^.]+))?";

  private static final List<Form> FORMS =
      List.of(
          form(Role.DOWN, "\\.lora_(?:A|down)" + INFIX + "(?:\\.weight)?"),
          form(Role.UP, "\\.lora_(?:B|up)" + INFIX + "(?:\\.weight)?"),
          form(Role.DOWN, "[._]lora\\.down\\.weight|\\.lora_linear_layer\\.down\\.weight"),
          form(Role.UP, "[._]lora\\.up\\.weight|\\.lora_linear_layer\\.up\\.weight"),
          form(Role.MID, "\\.lora_mid\\.weight"),
          form(Role.UP_BIAS, "\\.lora_(?:B|up)" + INFIX + "\\.bias"),
          form(Role.ALPHA, "\\.alpha|[._]lora\\.alpha"),
          form(Role.LENGTHS, "\\.dora_scale"),
          form(Role.PEFT_LENGTHS, "\\.lora_magnitude_vector" + INFIX + "(?:\\.weight)?"),
          form(Role.DIFFERENCE, "\\.diff|\\.w_norm"),
          form(Role.BIAS_DIFFERENCE, "\\.diff_b|\\.b_norm"),
          form(Role.REPLACEMENT, "\\.set_weight"),
          form(Role.REPLACEMENT, "\\.weight|\\.scale"),
          form(Role.BIAS_REPLACEMENT, "\\.bias"));

  private static final Pattern LYCORIS =
      Pattern.compile(
          "(?<layer>.+)\\.(?<role>lokr_w[12](?:_[ab])?|lokr_t2|hada_(?:w[12]_[ab]|t[12]))");

  private static final Pattern XLABS =
      Pattern.compile(
          "(?<block>.*(?:double|single)_blocks\\.[0-9]+)\\.processor\\.(?<what>qkv|proj)_lora(?<stream>[12]?)\\.(?<half>down|up)\\.weight");

  private record Form(Role role, Pattern pattern) {}

  private static Form form(Role role, String ending) {
    return new Form(role, Pattern.compile("(?<layer>.+?)(?:" + ending + ")"));
  }

  /// What a key says; empty where it has no known form.
  public static Optional<AdapterKey> parse(String key) {
    return xlabs(key).or(() -> lycoris(key)).or(() -> usual(key));
  }

  /// Whether the key is that of a network's tensor itself.
  public static boolean isPlainTensor(String key) {
    return !key.endsWith(".set_weight")
        && parse(key)
            .map(AdapterKey::role)
            .filter(role -> role == Role.REPLACEMENT || role == Role.BIAS_REPLACEMENT)
            .isPresent();
  }

  /// Whether the key has the form that XLabs alone uses.
  public static boolean isXlabs(String key) {
    return XLABS.matcher(key).matches();
  }

  private static Optional<AdapterKey> usual(String key) {
    for (Form form : FORMS) {
      var matcher = form.pattern.matcher(key);
      if (matcher.matches()) {
        boolean counted = matcher.namedGroups().containsKey("infix");
        String infix = counted ? matcher.group("infix") : null;
        var piece =
            infix != null && infix.matches("[0-9]")
                ? OptionalInt.of(Integer.parseInt(infix))
                : OptionalInt.empty();
        return Optional.of(new AdapterKey(matcher.group("layer"), form.role, piece));
      }
    }
    return Optional.empty();
  }

  private static Optional<AdapterKey> lycoris(String key) {
    var matcher = LYCORIS.matcher(key);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    var role = Role.valueOf(matcher.group("role").toUpperCase(Locale.ROOT));
    return Optional.of(new AdapterKey(matcher.group("layer"), role, OptionalInt.empty()));
  }

  /// XLabs names processors of attention, not layers.
  private static Optional<AdapterKey> xlabs(String key) {
    var matcher = XLABS.matcher(key);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    boolean qkv = matcher.group("what").equals("qkv");
    String layer =
        switch (matcher.group("stream")) {
          case "1" -> qkv ? "img_attn.qkv" : "img_attn.proj";
          case "2" -> qkv ? "txt_attn.qkv" : "txt_attn.proj";
          default -> qkv ? "linear1_qkv" : "linear2";
        };
    var role = matcher.group("half").equals("down") ? Role.DOWN : Role.UP;
    return Optional.of(
        new AdapterKey(matcher.group("block") + "." + layer, role, OptionalInt.empty()));
  }
}
