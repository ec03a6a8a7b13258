import fc from 'fast-check';
import { printable } from '../../../../engine/document/printable';

describe('what the standard fonts can print', () => {
	it.each([
		['São João, nº 1 — “10%” · R$ 1,00 € …', 'São João, nº 1 — “10%” · R$ 1,00 € …'],
		['Sa\u0303o', 'São'],
		['a\u00a0b\u202fc\td', 'a b c d'],
		['10\u221220\u2011x', '10-20-x'],
		['ﬁm ２ Győr ⅐', 'fim 2 Gyor 1/7'],
		['um\r\ndois\u2028três', 'um\ndois\ntrês'],
		['\u202Edesrever\u202C \u0000\u0007 \u200b x\u00ady', 'desrever   xy'],
		['Oi 👋🏽 ❤️ 🇧🇷 👩‍👧!', 'Oi    !'],
		['\ud83d sozinho', ' sozinho'],
	])('prints %j as %j', (given, text) => expect(printable(given)).toEqual({ text, lost: [] }));

	it('tells which letters of other scripts are lost, each once', () => {
		expect(printable('李小龙 e 李 Ωm')).toEqual({ text: '??? e ? ?m', lost: ['李', '小', '龙', 'Ω'] });
	});

	it('leaves nothing the fonts do not know, whatever is given', () => {
		const known = /^[\n\x20-\x7e\xa1-\xac\xae-\xff€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]*$/;
		fc.assert(fc.property(fc.string({ unit: 'binary' }), (given) => expect(printable(given).text).toMatch(known)));
	});
});
