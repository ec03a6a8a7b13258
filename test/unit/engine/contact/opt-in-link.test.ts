import fc from 'fast-check';
import { readConsentWord } from '../../../../engine/consent/opt-out-words';
import { optInLink, optInText } from '../../../../engine/contact/opt-in-link';

describe('the opt-in link (M-24)', () => {
	it('carries words that count as consent when they come back', () => {
		const link = new URL(optInLink('+55 (11) 3000-0000', optInText('Padaria São João & Cia.')));
		expect(link.href).toMatch(/^https:\/\/wa\.me\/551130000000\?text=/);
		const text = link.searchParams.get('text')!;
		expect(text).toBe('Quero receber avisos da Padaria São João & Cia.');
		expect(readConsentWord({ type: 'text', text, reply: null })).toMatchObject({ news: 'optedIn', onlyIfOut: false });
	});

	it('works for the name of any company of up to eight words', () => {
		const word = fc.stringMatching(/^[A-Za-zÀ-ÖØ-öø-ÿ0-9]{1,8}$/);
		fc.assert(
			fc.property(fc.array(word, { minLength: 1, maxLength: 8 }), (words) => {
				expect(optInLink('551130000000', optInText(words.join(' ')))).toContain('text=');
			}),
		);
	});

	it('names nobody when no company is given', () => expect(optInText(' ')).toBe('Quero receber avisos'));

	it('refuses words that would prove nothing, and what is no phone', () => {
		expect(() => optInLink('551130000000', 'Oi')).toThrow('would not be understood as consent');
		expect(() => optInLink('551130000000', 'quero receber')).toThrow('would not be understood as consent');
		expect(() => optInLink('3000', optInText('Aurora'))).toThrow('is not the phone of a number');
	});
});
