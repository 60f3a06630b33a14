// Whoever imports the face means the model too: addresses, options and errors are in every signature. And who writes deterministic tests
// means the simulation, with its hosts; who writes protocols means their machines.
@_exported public import BackendSim
@_exported public import Layers
@_exported public import SocketModel
