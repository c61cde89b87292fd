package dev.jcompose.engine.network;

import java.util.List;

/** Where networks are written down, so that they outlive the engine. */
public interface NetworkStore {
  /** Every network written so far and not deleted. */
  List<Network> load();

  /** Writes or overwrites one network; durable when it returns. */
  void save(Network network);

  /** Forgets a network; nothing happens when it is not there. */
  void delete(String id);
}
