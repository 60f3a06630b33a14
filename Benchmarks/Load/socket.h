// Sockets connected to the server.
#ifndef SOCKET_H
#define SOCKET_H

// A connected socket of SOCK_STREAM (without Nagle's delay) or SOCK_DGRAM. It ends the program when there is none to be had.
int dial(int type);

// The same from 127.0.1.SOURCE: one address has too few ports for many connections. It is reset when it closes and leaves nothing behind.
int dial_from(int source);

// Gives up a blocking send or receive after that time.
void set_timeouts(int descriptor, int milliseconds);

// Closing resets the connection, so that no port is kept in TIME_WAIT.
void reset_on_close(int descriptor);

#endif
