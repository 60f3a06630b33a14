internal import CPOSIX
internal import SocketModel
internal import Synchronization

extension SystemCalls {
    func sendBatch(
        _ descriptor: Int32, _ memory: OperationMemory, _ headers: [Operation.MessageHeader], _ flags: MessageFlags,
        _ deadline: NetworkInstant
    ) -> Completion {
        guard unsafe memory.runs == headers.count else {
            return .failure(Failure(.invalidArgument, detail: "a batch needs one run of bytes a message"))
        }
        if headers.isEmpty { return Completion(.count(0)) }
        let deadline = flags.contains(.doNotWait) ? .distantPast : deadline
        let room = headers.reduce(0) { max($0, $1.controlLength) }
        return unsafe withBatch(memory, controlCapacity: room) { batch, frames in
            do throws(Failure) {
                for index in frames.indices {
                    try unsafe frames[index].load(headers[index])
                    unsafe batch[index].header = frames[index].header
                }
            } catch {
                return .failure(error)
            }
            return unsafe sendAll(descriptor, batch, headers, flags, deadline)
        }
    }

    /// With no deadline until all messages are taken; else what is taken at the first chance.
    private func sendAll(
        _ descriptor: Int32, _ batch: UnsafeMutableBufferPointer<cposix_message>, _ headers: [Operation.MessageHeader],
        _ flags: MessageFlags, _ deadline: NetworkInstant
    ) -> Completion {
        var sent = 0
        var tries = Tries()
        while true {
            let rest = unsafe UnsafeMutableBufferPointer(rebasing: batch[sent...])
            let count = unsafe cposix_sendmmsg(
                descriptor, rest.baseAddress, UInt32(rest.count), flags.rawValue | Self.sendFlags)
            if count >= 0 {
                sent += Int(count)
                tries = Tries()
                if sent >= batch.count || deadline != .distantFuture { return Completion(.count(sent)) }
            } else if let failure = waitToSend(descriptor, to: headers[sent].address, &tries, deadline) {
                return sent > 0 ? Completion(.count(sent)) : .failure(failure)
            }
        }
    }

    func receiveBatch(
        _ descriptor: Int32, _ memory: OperationMemory, controlCapacity: Int, _ flags: MessageFlags,
        _ deadline: NetworkInstant
    ) -> Completion {
        do throws(Failure) { try OperationBounds.checkControl(controlCapacity) } catch { return .failure(error) }
        if flags.contains(.outOfBand) { takesUrgentBytes.store(true, ordering: .relaxed) }
        let deadline = Self.patience(flags, deadline)
        return unsafe withBatch(memory, controlCapacity: controlCapacity) { batch, frames in
            for index in frames.indices {
                unsafe frames[index].clear()
                unsafe batch[index].header = frames[index].header
            }
            var tries = Tries()
            var kernelFlags = flags.rawValue | Self.receiveFlags
            while true {
                let count = unsafe cposix_recvmmsg(descriptor, batch.baseAddress, UInt32(batch.count), kernelFlags)
                if count >= 0 {
                    let infos = (0..<Int(count)).map {
                        unsafe frames[$0].info(batch[$0].header, count: Int(batch[$0].length))
                    }
                    return Completion(.messages(infos))
                }
                if isRefused(&kernelFlags, by: descriptor) { continue }
                switch afterInputError(descriptor, &tries, deadline) {
                case .again: continue
                case .ended: return Completion(.messages([MessageInfo(count: 0)]))
                case .failed(let failure): return .failure(failure)
                }
            }
        }
    }

    private func withBatch(
        _ memory: OperationMemory, controlCapacity: Int,
        _ body: (UnsafeMutableBufferPointer<cposix_message>, UnsafeMutableBufferPointer<MessageFrame>) -> Completion
    ) -> Completion {
        let count = min(unsafe memory.runs, OperationBounds.batch)
        let stride = Addressing.capacity + (controlCapacity + 7) & ~7
        return unsafe memory.withVectors { vectors in
            unsafe withUnsafeTemporaryAllocation(byteCount: count * stride, alignment: 8) { room in
                unsafe withUnsafeTemporaryAllocation(of: MessageFrame.self, capacity: count) { frames in
                    unsafe withUnsafeTemporaryAllocation(of: cposix_message.self, capacity: count) { batch in
                        for index in 0..<count {
                            let start = index * stride
                            let control = start + Addressing.capacity
                            unsafe frames.initializeElement(
                                at: index,
                                to: MessageFrame(
                                    vectors: .init(rebasing: vectors[index...index]),
                                    address: .init(rebasing: room[start..<control]),
                                    control: .init(rebasing: room[control..<control + controlCapacity])))
                            unsafe batch.initializeElement(at: index, to: cposix_message())
                        }
                        return unsafe body(batch, frames)
                    }
                }
            }
        }
    }
}
