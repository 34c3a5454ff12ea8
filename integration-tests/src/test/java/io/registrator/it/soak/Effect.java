package io.registrator.it.soak;

/** What a fault does by itself, beyond what the daemon may make of it. */
enum Effect {
    /** Nothing can be done to containers while it lasts, and an engine may take longer to be itself again. */
    ENGINE_AWAY,
    /** The agent forgets what was registered with it, foreign services of its configuration apart. */
    AGENT_FORGETS,
    /** The agent is started anew, and compares itself with its servers when it finds the time. */
    AGENT_RESTARTS,
    /** The daemon is another process afterwards. */
    DAEMON_ENDS
}
