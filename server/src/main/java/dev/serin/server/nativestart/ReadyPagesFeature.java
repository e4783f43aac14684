package dev.serin.server.nativestart;

import com.oracle.svm.core.os.VirtualMemoryProvider;
import org.graalvm.nativeimage.ImageSingletons;
import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.hosted.Feature;

/// Gives an executable for Linux its memory; the builder's own stands back where there is one already.
public final class ReadyPagesFeature implements Feature {

    /// Named to the builder in `pom.xml`.
    public ReadyPagesFeature() {}

    @Override
    public boolean isInConfiguration(IsInConfigurationAccess access) {
        return Platform.includedIn(Platform.LINUX.class);
    }

    @Override
    public void afterRegistration(AfterRegistrationAccess access) {
        ImageSingletons.add(VirtualMemoryProvider.class, new ReadyPages());
    }
}
