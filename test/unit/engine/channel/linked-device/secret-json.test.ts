import { BufferJSON, proto } from '@whiskeysockets/baileys';
import fc from 'fast-check';
import { secretFromJson, secretToJson } from '../../../../../engine/channel/linked-device/secret-json';

const bytes = fc.uint8Array({ maxLength: 40 });
const name = fc.string({ maxLength: 20 }).filter((key) => !['toJSON', 'type'].includes(key));
const leaf = fc.oneof(
	bytes.map((each) => Buffer.from(each)),
	fc.string(),
	fc.integer(),
	fc.boolean(),
	fc.constant(null),
);
const { value: secret } = fc.letrec<{ value: unknown }>((tie) => ({
	value: fc.oneof(
		{ depthSize: 'small', withCrossShrink: true },
		leaf,
		fc.array(tie('value'), { maxLength: 4 }),
		fc.dictionary(name, tie('value'), { maxKeys: 5 }),
	),
}));

describe('secrets as text', () => {
	it('come back as they were, whatever bytes are in them and however deep', () => {
		fc.assert(
			fc.property(secret, (value) => {
				expect(secretFromJson(secretToJson(value))).toEqual(value);
			}),
			{ numRuns: 500 },
		);
	});

	it('reads bytes of any kind as Buffers', () => {
		const all = Uint8Array.of(9, 1, 2, 3, 9);
		const read = secretFromJson(secretToJson({ whole: all, part: all.subarray(1, 4), list: [Uint8Array.of(7)] }));
		expect(read).toEqual({ whole: Buffer.from(all), part: Buffer.of(1, 2, 3), list: [Buffer.of(7)] });
	});

	it('writes what Baileys itself would have written', () => {
		const key = { keyPair: { public: Buffer.of(1), private: Uint8Array.of(2) }, keyId: 3, none: undefined };
		expect(secretToJson(key)).toBe(JSON.stringify(key, BufferJSON.replacer));
		const account = proto.ADVSignedDeviceIdentity.create({ details: Buffer.of(1, 2), deviceSignature: Buffer.of(3) });
		expect(secretToJson({ account })).toBe(JSON.stringify({ account }, BufferJSON.replacer));
		expect(secretFromJson(secretToJson(key))).toEqual(JSON.parse(secretToJson(key), BufferJSON.reviver));
	});

	it('gives every reader an object of its own', () => {
		const text = secretToJson({ devices: ['0', '12'] });
		const first = secretFromJson(text) as { devices: string[] };
		first.devices.push('13');
		expect(secretFromJson(text)).toEqual({ devices: ['0', '12'] });
	});
});
