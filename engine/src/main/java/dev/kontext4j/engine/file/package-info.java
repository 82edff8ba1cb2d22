/// What all files of weights have in common, whatever their format: entries, mapped bytes, how they
/// are refused, and how new ones appear whole or not at all. Knows no format and no model.
///
/// **Memory.** Tensor data is never copied: it is a read-only slice of a memory map. A map lives as
/// long as the file that opened it or one [dev.kontext4j.engine.file.Lease] on it; whoever closes
/// the last of them unmaps it. Whoever hands the address of such a slice to native code must hold a
/// lease until that code is done. A file that another program cuts short while it is mapped cannot
/// be guarded against here.
@NullMarked
package dev.kontext4j.engine.file;

import org.jspecify.annotations.NullMarked;
