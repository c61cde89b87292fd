package dev.jcompose.engine.runtime.process;

import dev.jcompose.engine.launch.Entry;
import dev.jcompose.engine.launch.LaunchProgram;
import dev.jcompose.engine.linux.Syscall;
import java.util.ArrayList;
import java.util.List;

/**
 * A call of a program that somebody else than its maker may hear of.
 *
 * @param entry its index, as reports have it
 * @param about what it is for; of an execve, the candidate
 * @param execution whether it is an execve, which may fail while others are left to try
 */
public record Ahead(int entry, String about, boolean execution) {
  static List<Ahead> of(LaunchProgram program) {
    List<Ahead> all = new ArrayList<>();
    for (int i = 0; i < program.entries().size(); i++) {
      Entry entry = program.entries().get(i);
      all.add(new Ahead(i, entry.about(), entry.call() == Syscall.EXECVE));
    }
    return all;
  }
}
