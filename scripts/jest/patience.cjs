// How long may one test take? Starting servers takes long; a unit test keeps jest's five seconds.
jest.setTimeout(expect.getState().testPath.includes('/test/e2e/') ? 180_000 : 30_000);
