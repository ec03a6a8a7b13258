import { fold } from '../text';

/**
 * Does a message after closing only say thanks or goodbye (D-23, X-11)? Every word must be one people close with and at
 * least one must be a thank-you or an OK, so that "ok, mas e o boleto?" is never swallowed.
 */

const REPEATED = /(.)\1+/gu;
const WORD = /[\p{L}\p{N}]+/gu;
const EMOJI = /[👍🙏👏❤🤝👌🙌✌🤗😊😀😃😄😁🙂😉😍🥰😘💙💚💛🧡💜🤍✅🎉🫶👊]/u;
const MAX_WORDS = 10;

const THANKS = words(
	'obrigado obrigada obrigados obrigadas brigado brigada obrigadinho obg obgd obgda agradeco agradecido agradecida grato ' +
		'grata gratidao valeu vlw vlws tks thanks thx tmj',
);
const AGREED = words(
	'ok okay okey okei oki blz beleza certo certinho combinado perfeito otimo otima excelente maravilha show top joia legal ' +
		'entendi entendido ciente fechado tchau ate falou flw',
);
const FILLER = words(
	'muito muita mto muitissimo mt pela pelo pelas pelos por para pra a o e as os de do da dos das com ao que foi eh ta tudo ' +
		'bem bom boa dia tarde noite semana fim final mais mesmo mesma sim so isso era eu voce voces vc vcs tambem tb ' +
		'igualmente ajuda atencao atendimento retorno gentileza deus abencoe abraco abracos amem demais logo breve viu ai ja ' +
		'querida querido amigo amiga moca moco senhor senhora gente pessoal',
);
/** Fine before a thank-you ("não, obrigado"), never before an OK ("não entendi"). */
const DENIAL = words('nao nada nem');

export function isThanks(text: string, contentType: string): boolean {
	if (contentType === 'sticker') return true;
	if (contentType !== 'text' && contentType !== 'menuReply') return false;
	if (text.length > 120 || text.includes('?')) return false;
	const said = fold(text).match(WORD) ?? [];
	if (said.length > MAX_WORDS) return false;
	let thanks = false;
	let agreed = false;
	let denied = false;
	for (const word of said) {
		const plain = collapse(word);
		if (THANKS.has(plain)) thanks = true;
		else if (AGREED.has(plain)) agreed = true;
		else if (DENIAL.has(plain)) denied = true;
		else if (!FILLER.has(plain)) return false;
	}
	if (denied) return thanks;
	return thanks || agreed || EMOJI.test(text);
}

function words(list: string): ReadonlySet<string> {
	return new Set(list.split(' ').map(collapse));
}

/** "obrigadooo" is "obrigado". */
function collapse(word: string): string {
	return word.replace(REPEATED, '$1');
}
