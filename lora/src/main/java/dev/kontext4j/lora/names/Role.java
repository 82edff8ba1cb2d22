package dev.kontext4j.lora.names;

/// What a tensor of an adapter file is for.
public enum Role {
  /// The half of a low-rank product that meets the input: (rank, in).
  DOWN,
  /// The other half: (out, rank).
  UP,
  /// Between the two, for layers that once were convolutions: (rank, rank, 1, 1).
  MID,
  /// Goes to the layer's bias.
  UP_BIAS,
  /// Divided by the rank, it scales the product.
  ALPHA,
  /// The length of every column or row of the result (DoRA).
  LENGTHS,
  /// As PEFT writes them, which counts the adapter's strength in before it measures.
  PEFT_LENGTHS,
  /// To be added to the weight, or to the bias.
  DIFFERENCE,
  BIAS_DIFFERENCE,
  /// To take the place of the weight, or of the bias.
  REPLACEMENT,
  BIAS_REPLACEMENT,
  LOKR_W1,
  LOKR_W1_A,
  LOKR_W1_B,
  LOKR_W2,
  LOKR_W2_A,
  LOKR_W2_B,
  LOKR_T2,
  HADA_W1_A,
  HADA_W1_B,
  HADA_W2_A,
  HADA_W2_B,
  HADA_T1,
  HADA_T2
}
