import Testing

@testable import Reporting

struct SpreadTests {
    @Test func `the median of an odd number of values is the one in the middle`() throws {
        let spread = try #require(Spread([5, 1, 9, 3, 7]))
        #expect(spread == Spread([9, 7, 5, 3, 1]))
        #expect([spread.minimum, spread.median, spread.maximum] == [1, 5, 9])
    }

    @Test func `the median of an even number of values lies between the two in the middle`() {
        #expect(Spread([4, 1, 2, 10])?.median == 3)
    }

    @Test func `nothing has no median`() { #expect(Spread([]) == nil) }

    @Test func `ratios are taken between values of one round, and rounds that one side lacks do not count`() throws {
        let ratio = try #require(pairedRatio([0: 10, 1: 40, 2: 90], to: [0: 5, 1: 10, 3: 1]))
        #expect([ratio.minimum, ratio.median, ratio.maximum] == [2, 3, 4])
        #expect(pairedRatio([0: 1], to: [0: 0]) == nil)
        #expect(pairedRatio([0: 1], to: [1: 1]) == nil)
    }
}
