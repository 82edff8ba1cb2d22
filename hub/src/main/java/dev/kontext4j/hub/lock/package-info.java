/// Which model files there are: `models.lock`, read strictly. [ModelsLock].
@NullMarked
package dev.kontext4j.hub.lock;

import org.jspecify.annotations.NullMarked;
