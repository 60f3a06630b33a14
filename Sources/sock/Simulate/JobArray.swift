import Glibc

/// Which of many equal jobs this is, as those that start such jobs tell it.
enum JobArray {
    /// A variable is missing, or no number.
    struct Failure: Error, CustomStringConvertible { let description: String }

    /// The shard: of Slurm's array, of GitLab's parallel jobs, or of a Kubernetes indexed job, which does not tell how many there are; nil where
    /// this is a job of its own.
    static func shard(count: UInt64?) throws(Failure) -> Shard? {
        if variable("SLURM_ARRAY_TASK_ID") != nil {
            let first = variable("SLURM_ARRAY_TASK_MIN") == nil ? 0 : try number("SLURM_ARRAY_TASK_MIN")
            return try shard(
                "SLURM_ARRAY_TASK_ID", from: first, of: total(count, "SLURM_ARRAY_TASK_COUNT"))
        }
        // GitLab counts from 1.
        if variable("CI_NODE_INDEX") != nil {
            return try shard("CI_NODE_INDEX", from: 1, of: total(count, "CI_NODE_TOTAL"))
        }
        if variable("JOB_COMPLETION_INDEX") != nil {
            guard let count else {
                throw Failure(description: "JOB_COMPLETION_INDEX is set: --shards must say how many jobs there are")
            }
            return try shard("JOB_COMPLETION_INDEX", from: 0, of: count)
        }
        guard count == nil else {
            throw Failure(description: "--shards needs the index of a job array: else use --shard I/N")
        }
        return nil
    }

    private static func shard(_ name: String, from first: UInt64, of count: UInt64) throws(Failure) -> Shard {
        let index = try number(name)
        guard index >= first, index - first < count else {
            throw Failure(description: "\(name) is \(index), which is none of \(count) from \(first)")
        }
        return Shard(index: index - first, count: count)
    }

    private static func total(_ count: UInt64?, _ name: String) throws(Failure) -> UInt64 {
        if let count { return count }
        return try number(name)
    }

    private static func number(_ name: String) throws(Failure) -> UInt64 {
        guard let text = variable(name) else { throw Failure(description: "\(name) is not set; use --shard I/N") }
        guard let number = UInt64(text) else { throw Failure(description: "\(name) is \(text), which is no number") }
        return number
    }

    private static func variable(_ name: String) -> String? { unsafe getenv(name).map { unsafe String(cString: $0) } }
}
