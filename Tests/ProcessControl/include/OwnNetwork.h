// A network of a test's own, with name servers of its own choice: Linux's namespaces, which take privileges.
#ifndef OWN_NETWORK_H
#define OWN_NETWORK_H

// Whether this process may have one.
int control_may_have_own_network(void);
// Moves the calling thread, and those it starts from now on, to a network with nothing but a loopback interface, where
// /etc/resolv.conf is the file at `resolver`; 0 when it worked.
int control_enter_own_network(const char *resolver);

// The calling thread, and those it starts from now on, see another file in a file's place; 0 when it worked.
int control_see_instead(const char *file, const char *other);

// Turns the loopback interface of the calling thread's network on or off: nothing arrives while it is off, and nobody is told.
int control_set_loopback(int is_up);

// A new network with nothing but a loopback interface, as a descriptor, whose last reference ends it; the calling thread stays where it
// is. Negative where it cannot be made.
int control_make_network(void);
// The calling thread's network, as a descriptor.
int control_this_network(void);
// Moves the calling thread, and those it starts from now on, to that network; 0 when it worked.
int control_enter_network(int network);

#endif
