import Foundation
import Testing

/// The tables from other names to ours say what there is, and leave nothing out.
@Suite struct `Tables of names` {
    private static let articles = ["ClassicNames", "CNames", "RustNames", "GoNames"]

    @Test(arguments: articles) func `lead to names that exist`(article: String) throws {
        let symbols = try Symbols.all.get()
        #expect(symbols.count > 2_000)
        for row in try NameTable(article).rows {
            let links = row.ours.matches(of: /``([^`]+)``/).map { String($0.1) }
            for link in links {
                #expect(symbols.contains(link), "line \(row.line): there is no \(link)")
            }
            let isExplained = row.ours.hasPrefix("nothing: ") || row.ours.contains("with a ``Deadline``")
            // Python's table has names in plain code as well, which its own test and the compiler look after.
            #expect(
                !links.isEmpty || isExplained || article == "ClassicNames" || row.ours.hasPrefix("a task"),
                "line \(row.line): \(row.theirs) leads nowhere")
        }
    }

    @Test(arguments: articles) func `name each only once in a table`(article: String) throws {
        for table in Dictionary(grouping: try NameTable(article).rows, by: \.section).values {
            let names = table.flatMap(\.names)
            #expect(Set(names).count == names.count, "\(names)")
        }
    }

    @Test(arguments: Headers.all) func `have every function of POSIX's headers`(header: Headers) throws {
        let names = Set(try NameTable("CNames").rows.flatMap(\.names).map { $0.replacing(/\(.*\)/, with: "") })
        #expect(header.functions.filter { !names.contains($0) } == [])
    }
}

/// What POSIX (IEEE 1003.1-2024) and the Berkeley sockets declare for networks.
struct Headers: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let functions: [String]

    private init(_ name: String, _ functions: String) {
        testDescription = name
        self.functions = functions.split(separator: " ").map(String.init)
    }

    static let all = [
        Headers(
            "sys/socket.h",
            """
            accept accept4 bind connect getpeername getsockname getsockopt listen recv recvfrom recvmsg recvmmsg send sendmsg \
            sendmmsg sendto setsockopt shutdown sockatmark socket socketpair isfdtype CMSG_DATA CMSG_FIRSTHDR CMSG_NXTHDR \
            CMSG_LEN CMSG_SPACE
            """),
        Headers("arpa/inet.h", "htonl htons ntohl ntohs inet_addr inet_aton inet_ntoa inet_ntop inet_pton"),
        Headers(
            "netdb.h",
            """
            freeaddrinfo gai_strerror getaddrinfo getnameinfo gethostbyname gethostbyaddr gethostent getnetbyaddr \
            getnetbyname getnetent getprotobyname getprotobynumber getprotoent getservbyname getservbyport getservent hstrerror
            """),
        Headers("net/if.h", "if_freenameindex if_indextoname if_nameindex if_nametoindex"),
        Headers("poll.h and sys/select.h", "poll ppoll select pselect FD_CLR FD_ISSET FD_SET FD_ZERO"),
        Headers("unistd.h and others", "close dup read write readv writev fcntl ioctl gethostname sendfile getifaddrs"),
    ]
}

/// The rows of an article's tables.
struct NameTable {
    struct Row {
        let line: Int
        let section: String
        let theirs: String
        let ours: String
        /// The names on the left, each in backticks.
        var names: [String] { theirs.matches(of: /`([^`]+)`/).map { String($0.1) } }
    }

    let rows: [Row]

    init(_ article: String) throws {
        let file = BuiltModules.root.appending(path: "Sources/Sockets/Sockets.docc/\(article).md")
        let lines = try String(contentsOf: file, encoding: .utf8).components(separatedBy: "\n")
        var section = ""
        var rows: [Row] = []
        for (index, line) in lines.enumerated() {
            if line.hasPrefix("## ") { section = line }
            guard line.hasPrefix("| "), line.contains("`") else { continue }
            let cells = line.components(separatedBy: " | ").map {
                $0.trimmingCharacters(in: CharacterSet(charactersIn: "| "))
            }
            try #require(cells.count == 2, "line \(index + 1) has \(cells.count) cells")
            rows.append(Row(line: index + 1, section: section, theirs: cells[0], ours: cells[1]))
        }
        try #require(rows.count > 20)
        self.rows = rows
    }
}
