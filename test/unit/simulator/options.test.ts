import { parseOptions } from '../../../simulator/options';

describe('options of the simulator', () => {
	it('starts as the demo expects', () => {
		const parsed = parseOptions([], {});
		expect(parsed).toMatchObject({
			ok: true,
			options: { host: '127.0.0.1', port: 5700, number: { phoneNumberId: '109876543210987', token: 'demo-token' } },
		});
	});

	it('prefers a flag to the environment', () => {
		const env = { SIMULATOR_PORT: '6000', SIMULATOR_APP_SECRET: 'env' };
		const parsed = parseOptions(['--port', '7000', '--callback=http://127.0.0.1:5678/webhook/a?b=c'], env);
		expect(parsed).toMatchObject({
			options: { port: 7000, number: { appSecret: 'env', callbackUrl: 'http://127.0.0.1:5678/webhook/a?b=c' } },
		});
	});

	it.each([
		[['--colour', 'red'], "Unknown option '--colour'."],
		[['--port', 'abc'], "not 'abc'"],
		[['--callback', 'n8n'], "not 'n8n'"],
		[['--reads', 'maybe'], "not 'maybe'"],
		[['--token'], '--token needs a value.'],
	])('refuses %j with a reason', (argv, reason) => {
		const parsed = parseOptions(argv, {});
		expect(parsed.ok ? '' : parsed.message).toContain(reason);
	});
});
