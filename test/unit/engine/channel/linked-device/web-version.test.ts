import { readWebVersion } from '../../../../../engine/channel/linked-device/web-version';
import { ConfigurationError } from '../../../../../engine/errors';

describe('the version of WhatsApp Web that a linked device speaks as', () => {
	it('is that of the package unless the environment names one', () => {
		expect([undefined, '', '  '].map(readWebVersion)).toEqual([undefined, undefined, undefined]);
		expect(readWebVersion(' 2.3000.1027934701 ')).toEqual([2, 3000, 1027934701]);
	});

	it.each(['2.3000', '2.3000.x', 'v2.3000.1', '2,3000,1', '2.3000.4294967296', '2.3000.1-alpha'])(
		'is refused with what to write instead: %s',
		(given) => {
			const read = () => readWebVersion(given);
			expect(read).toThrow(ConfigurationError);
			expect(read).toThrow(`WHATSAPP_DESK_WEB_VERSION is "${given}", which is not a version of WhatsApp Web.`);
		},
	);
});
