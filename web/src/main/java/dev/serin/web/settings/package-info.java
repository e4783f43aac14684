/// One's own account, and for admins those of others.
@NullMarked
package dev.serin.web.settings;

import org.jspecify.annotations.NullMarked;
