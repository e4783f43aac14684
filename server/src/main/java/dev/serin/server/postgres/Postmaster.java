package dev.serin.server.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// The PostgreSQL that runs on a data directory, as its `postmaster.pid` tells.
///
/// @param ready whether it takes connections, or is still starting
record Postmaster(long pid, int port, boolean ready) {

    private static final Path PROC = Path.of("/proc");

    /// Looks for it. A file that a killed PostgreSQL left names a process that is gone, or that is
    /// another program by now: neither counts.
    static Optional<Postmaster> of(Home home) {
        return read(home.pidFile())
                .filter(postmaster -> serves(postmaster.pid, home.data().toString()));
    }

    /// Whether a process with this id runs, whatever it is.
    static boolean isAnyProcess(long pid) {
        return ProcessHandle.of(pid).isPresent();
    }

    static Optional<Postmaster> read(Path pidFile) {
        try {
            // pid, data directory, start time, port, socket directory, address, shared memory,
            // state
            var lines = Files.readAllLines(pidFile);
            if (lines.size() < 4) {
                return Optional.empty();
            }
            var ready = lines.size() > 7 && lines.get(7).strip().equals("ready");
            return Optional.of(
                    new Postmaster(
                            Long.parseLong(lines.getFirst().strip()),
                            Integer.parseInt(lines.get(3).strip()),
                            ready));
        } catch (IOException | NumberFormatException _) {
            return Optional.empty();
        }
    }

    private static boolean serves(long pid, String data) {
        var command = commandLine(pid);
        return !command.isEmpty()
                && command.getFirst().endsWith("postgres")
                && Collections.indexOfSubList(command, List.of("-D", data)) > 0;
    }

    /// Empty if there is no such process, or only its zombie.
    private static List<String> commandLine(long pid) {
        if (Files.isDirectory(PROC.resolve("self"))) {
            try {
                // Readable also where the program's path is not: as root without CAP_SYS_PTRACE.
                var line = Files.readString(PROC.resolve(Long.toString(pid)).resolve("cmdline"));
                return Arrays.asList(line.split("\0"));
            } catch (IOException _) {
                return List.of();
            }
        }
        var info = ProcessHandle.of(pid).map(ProcessHandle::info);
        var line = new ArrayList<String>();
        info.flatMap(ProcessHandle.Info::command).ifPresent(line::add);
        info.flatMap(ProcessHandle.Info::arguments).map(Arrays::asList).ifPresent(line::addAll);
        return line;
    }
}
