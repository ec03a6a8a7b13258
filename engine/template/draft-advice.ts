/**
 * What would Meta allow, but not as hoped? Advice that forbids nothing: a utility text that sounds like marketing is approved
 * as marketing and costs more (C-30); asking for documents in chat is a reason for rejection. Guesses by words, so only hints.
 */
import type { TemplateDraft } from '../model-template';
import { fold } from '../text';
import type { DraftProblem } from './draft-rules';

export function adviceFor(draft: TemplateDraft): DraftProblem[] {
	const { body, header, footer, category } = draft;
	const text = fold([header?.type === 'text' ? header.text : '', body.text, footer ?? ''].join(' '));
	const advice: DraftProblem[] = [];
	const promotional = PROMOTIONAL.exec(text)?.[0];
	if (category === 'utility' && promotional) {
		advice.push({
			field: 'body',
			code: 'soundsPromotional',
			severity: 'warning',
			explanation: `"${promotional.trim()}" soa como propaganda: a Meta deve aprovar este modelo como marketing, que custa mais por envio. Tire esse trecho ou escolha a categoria marketing.`,
		});
	}
	if (ASKS.test(text) && !/ultimos (4|quatro|3|tres) (digitos|numeros)/.test(text)) {
		advice.push({
			field: 'body',
			code: 'asksForDocuments',
			severity: 'warning',
			explanation:
				'O texto parece pedir número completo de cartão, conta ou documento (CPF, RG), e a Meta rejeita modelos assim. Peça só os últimos 4 dígitos ou use um link seguro.',
		});
	}
	return advice;
}

const PROMOTIONAL =
	/\b(descont\w*|promoc\w*|promo|ofertas?|gratis|gratuit\w*|\d+ ?% ?off|cupo(m|ns)|aproveit\w*|liquidac\w*|black ?friday|imperdive\w*|cashback|brindes?|sorteios?|compre|garanta (ja|o seu|a sua)|so hoje|ultimas (vagas|unidades)|frete gratis)\b/;

const ASKS =
	/\b(inform\w*|envi(e|ar)|digit\w*|confirm(e|ar)|respond(a|er)( com)?|mand(e|ar)|pass(e|ar)|atualiz(e|ar))\b.{0,40}\b(cpf|cnpj|rg|(numero|dados) d[oe]s?( seu)? cartao|cartao de credito|cvv|codigo de seguranca|(numero da |sua )?conta bancaria|dados bancarios|senha)\b/;
