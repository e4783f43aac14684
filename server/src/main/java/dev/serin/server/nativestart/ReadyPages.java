package dev.serin.server.nativestart;

import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.os.VirtualMemoryProvider;
import com.oracle.svm.core.posix.PosixVirtualMemoryProvider;
import java.util.List;
import org.graalvm.nativeimage.c.CContext;
import org.graalvm.nativeimage.c.function.CFunction;
import org.graalvm.word.Pointer;
import org.graalvm.word.PointerBase;
import org.graalvm.word.UnsignedWord;
import org.graalvm.word.WordFactory;

/// Where a native executable has its memory from: Linux is asked for all pages of a piece at once, and for
/// large ones where it has some.
///
/// A start writes to some four thousand pages of 4 KiB for the first time. To have each when it is written to
/// takes up to 13 us on a virtual machine, which came to a third of the start. A kernel that knows nothing of
/// this refuses, and gives the pages one by one as before.
@CContext(ReadyPages.Headers.class)
final class ReadyPages extends PosixVirtualMemoryProvider {

    /// The same on x64 and arm64.
    private static final int HUGE_PAGES = 14;

    /// Since Linux 5.14.
    private static final int POPULATE = 23;

    /// A chunk of the heap, as `AlignedHeapChunkSize` has it in `pom.xml`: one large page. What is larger than
    /// a chunk is an array that may never be filled.
    private static final int CHUNK = 2 << 20;

    /// The builder knows these words.
    private static final String CALLED = "Called from uninterruptible code.";

    ReadyPages() {}

    /// The heap grows by a chunk, which will be filled to its end.
    @Override
    @Uninterruptible(reason = CALLED, mayBeInlined = true)
    public Pointer commit(PointerBase start, UnsignedWord bytes, int access) {
        var begin = super.commit(start, bytes, access);
        if (begin.isNonNull() && bytes.belowOrEqual(WordFactory.unsigned(CHUNK))) {
            int huge = madvise(begin, bytes, HUGE_PAGES);
            int populated = madvise(begin, bytes, POPULATE);
        }
        return begin;
    }

    /// What the executable brings of the heap is made writable before anything else.
    @Override
    @Uninterruptible(reason = CALLED, mayBeInlined = true)
    public int protect(PointerBase start, UnsignedWord bytes, int access) {
        int refused = super.protect(start, bytes, access);
        if (refused == 0
                && (access & VirtualMemoryProvider.Access.WRITE) != 0
                && bytes.aboveThan(WordFactory.unsigned(CHUNK))) {
            int populated = madvise(start, bytes, POPULATE);
        }
        return refused;
    }

    @CFunction(transition = CFunction.Transition.NO_TRANSITION)
    private static native int madvise(PointerBase start, UnsignedWord bytes, int advice);

    /// Where C declares the function.
    static final class Headers implements CContext.Directives {

        @Override
        public List<String> getHeaderFiles() {
            return List.of("<sys/mman.h>");
        }
    }
}
