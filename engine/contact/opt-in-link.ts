/** A link that lets people opt in by themselves: it opens WhatsApp with the words already written (M-24). */
import { readConsentWord } from '../consent/opt-out-words';
import { ConfigurationError } from '../errors';

/**
 * @param phone the number of the channel, however it is written, with country code
 * @param text what the contact will send; must be words that count as consent, or the link would prove nothing
 * @throws ConfigurationError when the phone or the text cannot be used
 */
export function optInLink(phone: string, text: string): string {
	const digits = phone.replace(/\D/g, '');
	if (digits.length < 8 || digits.length > 15) {
		throw new ConfigurationError(
			`"${phone}" is not the phone of a number on WhatsApp.`,
			'Enter it with country code, e.g. +55 11 3000-0000.',
			'phone',
		);
	}
	const word = readConsentWord({ type: 'text', text, reply: null });
	if (word?.news !== 'optedIn' || word.onlyIfOut) {
		throw new ConfigurationError(
			`The text "${text}" would not be understood as consent when a contact sends it.`,
			`Use words like "${optInText('Oficina Aurora')}": "Quero receber avisos" (or mensagens, novidades, promoções), then the company.`,
			'text',
		);
	}
	return `https://wa.me/${digits}?text=${encodeURIComponent(text)}`;
}

/** The default words of the link. */
export function optInText(company: string): string {
	return company.trim() ? `Quero receber avisos da ${company.trim()}` : 'Quero receber avisos';
}
