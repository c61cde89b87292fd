package dev.jcompose.core.service;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What runs, as whom, and with what in hand. */
class ProcessIT {
  @RegisterExtension static final ServiceRun RUN = new ServiceRun();

  private static final String IDS =
      "grep -E '^(Uid|Gid|Groups):' /proc/self/status | tr -s '\\t ' ' '";

  @Test
  void looksUsersAndGroupsUpInTheImage() throws Exception {
    assertThat(RUN.output("user: daemon", IDS + "; echo $HOME"))
        .isEqualTo("Uid: 1 1 1 1\nGid: 1 1 1 1\nGroups: 1 \n/usr/sbin\n");
  }

  @Test
  void takesNumbersThatNobodyHas() throws Exception {
    assertThat(RUN.output("user: '4711:4712'", IDS + "; echo $HOME"))
        .isEqualTo("Uid: 4711 4711 4711 4711\nGid: 4712 4712 4712 4712\nGroups: 4712 \n/\n");
  }

  @Test
  void refusesAUserThatIsNotThere() throws Exception {
    assertThat(RUN.refusal("user: ghost")).contains("unable to find user ghost");
  }

  @Test
  void addsGroupsByNameAndNumber() throws Exception {
    assertThat(RUN.output("user: nobody\ngroup_add: [tty, '4713']", IDS))
        .contains("Uid: 65534 ")
        .contains("Groups: 5 4713 65534");
  }

  @Test
  void makesTheWorkingDirectory() throws Exception {
    assertThat(RUN.output("working_dir: /not/there/yet", "pwd; readlink /proc/self/cwd"))
        .isEqualTo("/not/there/yet\n/not/there/yet\n");
  }

  @Test
  void runsEntrypointAndCommandInBothForms() throws Exception {
    RUN.up(
        """
        services:
          lists: {image: jcompose/base, entrypoint: [printf, "%s."], command: ["a b", c]}
          texts: {image: jcompose/base, entrypoint: "printf '%s-'", command: "'a b' c"}
          cleared: {image: jcompose/base, entrypoint: [], command: [printf, x]}
        """);
    for (String name : new String[] {"lists", "texts", "cleared"}) {
      RUN.engine().awaitExit("it-" + name + "-1");
    }
    assertThat(RUN.logs("it-lists-1")).isEqualTo("a b.c.");
    assertThat(RUN.logs("it-texts-1")).isEqualTo("a b-c-");
    assertThat(RUN.logs("it-cleared-1")).isEqualTo("x");
  }

  @Test
  void givesATerminalThatIsTheConsole() throws Exception {
    assertThat(RUN.output("tty: true", "tty; echo $TERM; stat -c %t:%T /dev/console | cut -d: -f1"))
        .isEqualTo("/dev/pts/0\r\nxterm\r\n88\r\n");
  }

  @Test
  void keepsStandardInputOpenWhenAsked() throws Exception {
    assertThat(RUN.output("", "readlink /proc/self/fd/0")).isEqualTo("/dev/null\n");
    RUN.up(ServiceRun.service("stdin_open: true", "readlink /proc/self/fd/0; cat"));
    assertThat(RUN.exec("it-box-1", "readlink /proc/1/fd/0")).doesNotContain("/dev/null");
  }

  @Test
  void putsAReaperBeforeTheProgram() throws Exception {
    assertThat(RUN.output("init: true", "echo $$; cat /proc/1/comm")).isEqualTo("2\njcompose\n");
  }

  @Test
  void setsLimitsOfTheProcess() throws Exception {
    assertThat(
            RUN.output(
                "ulimits: {nofile: {soft: 111, hard: 222}, nproc: 333, core: 0}",
                "grep -E 'open files|Max processes|core' /proc/self/limits | tr -s ' '"))
        .isEqualTo(
            """
            Max core file size 0 0 bytes\s
            Max processes 333 333 processes\s
            Max open files 111 222 files\s
            """);
  }

  @Test
  void setsTheOutOfMemoryScore() throws Exception {
    assertThat(RUN.output("oom_score_adj: 321", "cat /proc/self/oom_score_adj")).isEqualTo("321\n");
  }
}
