/// The models of this user: a folder a set, laid out as diffusers does. [ModelsFolder], [Pull].
@NullMarked
package dev.kontext4j.hub.store;

import org.jspecify.annotations.NullMarked;
