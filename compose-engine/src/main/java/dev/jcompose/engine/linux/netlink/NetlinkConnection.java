package dev.jcompose.engine.linux.netlink;

import dev.jcompose.engine.linux.netlink.NetlinkMessage.Attributes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Requests and their answers over one socket. One request at a time; safe for several threads. */
public final class NetlinkConnection implements AutoCloseable {
  static final int REQUEST = 0x1;
  static final int ACK = 0x4;
  static final int REPLACE = 0x100;
  static final int EXCL = 0x200;
  static final int DUMP = 0x300;

  /** Make the object. */
  public static final int CREATE = 0x400;

  /** Put the object behind those that are there. */
  public static final int APPEND = 0x800;

  private static final int ACK_HAS_ATTRIBUTES = 0x200;
  private static final int ERROR_MESSAGE = 1;
  private static final int DUMP_INTERRUPTED = 0x10;

  private final NetlinkSockets.Socket socket;
  private int sequence;

  public NetlinkConnection(NetlinkSockets.Socket socket) {
    this.socket = socket;
  }

  /** Sends one request and waits until the kernel acknowledged it. */
  synchronized void request(String operation, int type, int flags, Consumer<MessageWriter> body) {
    int number = ++sequence;
    socket.send(
        new MessageWriter().message(type, flags | REQUEST | ACK, number, body).toByteArray());
    while (true) {
      for (NetlinkMessage message : NetlinkMessage.parse(socket.receive())) {
        if (message.sequence() == number && message.type() == NetlinkMessage.ERROR) {
          check(operation, message);
          return;
        }
      }
    }
  }

  /** A request that is acknowledged; the parameters are those of {@link #request}. */
  record Request(String operation, int type, int flags, Consumer<MessageWriter> body) {}

  /**
   * Sends requests in one datagram, which the kernel carries out in one system call.
   *
   * @throws NetlinkException naming the first that failed; those behind it were tried as well
   */
  synchronized void together(Request... requests) {
    int first = sequence + 1;
    MessageWriter datagram = new MessageWriter();
    for (Request request : requests) {
      datagram.message(request.type(), request.flags() | REQUEST | ACK, ++sequence, request.body());
    }
    socket.send(datagram.toByteArray());
    NetlinkException failure = null;
    int answered = 0;
    while (answered < requests.length) {
      for (NetlinkMessage message : NetlinkMessage.parse(socket.receive())) {
        int index = message.sequence() - first;
        if (message.type() == NetlinkMessage.ERROR && index >= 0 && index < requests.length) {
          answered++;
          try {
            check(requests[index].operation(), message);
          } catch (NetlinkException e) {
            failure = failure == null ? e : failure;
          }
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  /** Sends a request for one object and returns it. */
  synchronized NetlinkMessage get(String operation, int type, Consumer<MessageWriter> body) {
    int number = ++sequence;
    socket.send(new MessageWriter().message(type, REQUEST, number, body).toByteArray());
    while (true) {
      for (NetlinkMessage message : NetlinkMessage.parse(socket.receive())) {
        if (message.sequence() == number) {
          if (message.type() == NetlinkMessage.ERROR) {
            check(operation, message);
          }
          return message;
        }
      }
    }
  }

  /** Asks for all objects of a kind; asks again when they changed while being listed. */
  synchronized List<NetlinkMessage> dump(String operation, int type, Consumer<MessageWriter> body) {
    for (int attempt = 0; ; attempt++) {
      List<NetlinkMessage> found = new ArrayList<>();
      boolean interrupted = dumpOnce(operation, type, body, found);
      if (!interrupted || attempt == 10) {
        return found;
      }
    }
  }

  private boolean dumpOnce(
      String operation, int type, Consumer<MessageWriter> body, List<NetlinkMessage> found) {
    int number = ++sequence;
    socket.send(new MessageWriter().message(type, REQUEST | DUMP, number, body).toByteArray());
    boolean interrupted = false;
    while (true) {
      for (NetlinkMessage message : NetlinkMessage.parse(socket.receive())) {
        if (message.sequence() != number) {
          continue;
        }
        interrupted |= (message.flags() & DUMP_INTERRUPTED) != 0;
        switch (message.type()) {
          case NetlinkMessage.DONE -> {
            return interrupted;
          }
          case NetlinkMessage.ERROR -> check(operation, message);
          default -> found.add(message);
        }
      }
    }
  }

  /** Messages that the kernel applies all or not at all; see {@link #transaction}. */
  public final class Transaction {
    private final MessageWriter writer = new MessageWriter();
    private final List<String> operations = new ArrayList<>();
    private final int first = sequence + 1;
    private final int family;

    private Transaction(int family) {
      this.family = family;
    }

    /** Appends a message of the nf_tables subsystem. */
    public Transaction add(
        String operation, int message, int flags, Consumer<MessageWriter> attributes) {
      operations.add(operation);
      writer.message(
          NftCodes.SUBSYSTEM << 8 | message,
          flags | REQUEST | ACK,
          ++sequence,
          body -> attributes.accept(body.int8(family).int8(0).int16(0)));
      return this;
    }
  }

  /**
   * Applies nf_tables messages in one transaction.
   *
   * @throws NetlinkException naming the first operation that failed; then nothing was changed
   */
  public synchronized void transaction(int family, Consumer<Transaction> content) {
    int begin = ++sequence;
    Transaction transaction = new Transaction(family);
    transaction.writer.message(
        NftCodes.BATCH_BEGIN, REQUEST, begin, NetlinkConnection::batchHeader);
    content.accept(transaction);
    if (transaction.operations.isEmpty()) {
      return;
    }
    int last = sequence;
    transaction.writer.message(
        NftCodes.BATCH_END, REQUEST, ++sequence, NetlinkConnection::batchHeader);
    socket.send(transaction.writer.toByteArray());
    awaitTransaction(transaction, begin, last);
  }

  /** Whether there is an nf_tables table of this name. */
  public boolean hasTable(int family, String name) {
    try {
      var _ =
          get(
              "look for table " + name,
              NftCodes.SUBSYSTEM << 8 | NftCodes.GETTABLE,
              body -> body.int8(family).int8(0).int16(0).text(NftCodes.TABLE_NAME, name));
      return true;
    } catch (NetlinkException e) {
      if (e.errno() == NetlinkException.ENOENT) {
        return false;
      }
      throw e;
    }
  }

  private void awaitTransaction(Transaction transaction, int begin, int last) {
    NetlinkException failure = null;
    boolean done = false;
    while (!done) {
      for (NetlinkMessage message : NetlinkMessage.parse(socket.receive())) {
        int number = message.sequence();
        if (message.type() != NetlinkMessage.ERROR || number < begin || number > last) {
          continue;
        }
        try {
          check(
              number == begin
                  ? "begin firewall transaction"
                  : transaction.operations.get(number - transaction.first),
              message);
        } catch (NetlinkException e) {
          failure = failure == null ? e : failure;
        }
        // The kernel answers in order; a refused begin is answered alone.
        done |= number == last || number == begin;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private static void batchHeader(MessageWriter writer) {
    writer.int8(0).int8(0).int8(0).int8(NftCodes.SUBSYSTEM);
  }

  private static void check(String operation, NetlinkMessage message) {
    int errno = -message.payload().getInt(0);
    if (errno == 0) {
      return;
    }
    // With NETLINK_CAP_ACK the kernel repeats only the header (16 bytes) of the request.
    Attributes attributes =
        (message.flags() & ACK_HAS_ATTRIBUTES) != 0
            ? message.attributes(4 + 16)
            : new Attributes(java.util.Map.of());
    throw new NetlinkException(operation, errno, attributes.text(ERROR_MESSAGE));
  }

  @Override
  public synchronized void close() {
    socket.close();
  }
}
