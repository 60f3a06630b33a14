// Whoever imports the face means the model too: addresses, options and errors are in every signature.
@_exported public import SocketModel
