import type { Words } from './en';

/** The same in Spanish, as people in the United States speak it, with "usted". */
export const ES: Words = {
	title: 'Abrir una cuenta de Stamps.com',
	description: '',
	button: 'Abrir la cuenta',

	contact: 'Contacto',
	email: 'Correo electrónico',
	emailMissing: 'Escriba su correo electrónico',
	name: 'Nombre completo',
	nameMissing: 'Escriba su nombre y apellido',
	phone: 'Teléfono celular',
	phoneMissing: 'Escriba su número de teléfono',
	phoneNote: 'Le enviamos un código por mensaje de texto para confirmarlo.',
	address: 'Dirección en Estados Unidos',
	optional: '(opcional)',
	company: 'Empresa',
	street: 'Calle y número',
	streetMissing: 'Escriba su calle y número',
	suite: 'Apartamento, oficina',
	city: 'Ciudad',
	cityMissing: 'Escriba su ciudad',
	state: 'Estado',
	stateChoose: 'Elija…',
	stateMissing: 'Elija su estado',
	zip: 'Código postal',
	zipMissing: 'Escriba su código postal',
	addressKind: 'Tipo de dirección',
	addressKindUnknown: 'No lo sé',
	addressKindHome: 'Una casa',
	addressKindBusiness: 'Un negocio',
	card: 'Tarjeta de pago',
	cardName: 'Nombre en la tarjeta',
	cardNameMissing: 'Escriba el nombre que está en la tarjeta',
	cardNumber: 'Número de la tarjeta',
	cardNumberMissing: 'Escriba el número de la tarjeta',
	cardNumberNote: 'Visa, Mastercard, Amex o Discover',
	cardExpiry: 'Fecha de vencimiento',
	cardExpiryExample: 'MM / AA',
	cardExpiryMissing: 'Escriba la fecha de vencimiento',
	cardExpiryNote: 'Mes y año',
	cardEncrypted: 'Se cifra en este navegador antes de enviarse.',
	cardInText: 'Esto parece un número de tarjeta. Escríbalo solo en “{label}”',
	cardNotHere: 'Esto parece un número de tarjeta, que no se escribe aquí',
	terms: 'Acepto las condiciones de Stamps.com y USPS.',
	termsMissing: 'Acepte las condiciones para continuar',
	termsLink: 'Leer las condiciones',
	privacyLink: 'Leer el aviso de privacidad',

	sending: 'Enviando…',
	sendingRegistration: 'Enviando su registro. Espere, por favor.',
	sendingCode: 'Enviando el código. Espere, por favor.',
	askingForText: 'Pidiendo un mensaje de texto. Espere, por favor.',
	correctOne: 'Corrija esto, por favor',
	correctMany: 'Corrija estos {count} campos, por favor',
	fieldNotAccepted: 'no se aceptó. Revíselo, por favor',

	codeTitle: 'Confirme su número de teléfono',
	code: 'Código del mensaje de texto',
	codeMissing: 'Escriba el código del mensaje de texto',
	codeConfirm: 'Confirmar',
	codeTextMe: 'Enviarme un código',
	codeTextAgain: 'Enviar otro código',
	codeWrongNumber: '¿Número equivocado?',
	codeNewPhone: 'Teléfono celular correcto',
	codeNewPhoneMissing: 'Escriba su número de teléfono',
	codeTextPhone: 'Enviar el código a este número',
	codeNextIn: 'Puede pedir otro código en {time}.',
	codeAsk: 'Escriba el código del mensaje de texto. Si no tiene ninguno, pida que se lo enviemos.',
	accountOpen: 'Su cuenta está abierta.',
	accountExisting:
		'Ya hay una cuenta con este correo y este teléfono: no se abrió otra, y no se usó nada de lo que envió ahora.',
	codeTexted:
		'Para usarla, escriba el código que enviamos por mensaje de texto al teléfono que termina en {end}.',
	codeNotTexted:
		'No se pudo enviar el código al teléfono que termina en {end}: pida un mensaje de texto abajo.',
	codePerhapsTexted:
		'No sabemos si el código se envió al teléfono que termina en {end}. Si no llega en un minuto, o si no se acepta, pida otro.',

	receivedTitle: 'Gracias',
	receivedText: 'Recibimos su registro.',
	readyTitle: 'Su cuenta está lista',
	readyText:
		'Su teléfono está confirmado. Ya puede comprar etiquetas de USPS donde le dieron esta página: el franqueo se paga con la tarjeta de la cuenta. La cuenta es gratis, y es de Stamps.com.',

	waitTitle: 'Todavía es pronto para eso',
	waitText: 'Hace poco se pidió un mensaje de texto, o se pidieron demasiados.',
	waitAgainIn: 'Puede enviarlo otra vez en {time}.',
	waitOver: 'Ya puede enviarlo.',
	timeSecond: '1 segundo',
	timeSeconds: '{count} segundos',
	timeMinutes: '{count} minutos',
	timeHours: '{count} horas',
	timeAbout: 'unos {time}',

	notAccepted: 'Su registro no se aceptó',
	notDone: 'Esto no se pudo hacer',
	notTexted: 'No se pudo enviar el mensaje de texto',
	notVerified: 'El código no se aceptó',
	notVerifiedNext: 'Solo vale el código del mensaje de texto más reciente.',
	notRegistered: 'Su cuenta no se abrió',

	unknownTitle: 'Todavía no lo sabemos',
	unknownRegistration:
		'Todavía no sabemos si su cuenta se abrió. Si no recibe noticias en una hora, pregúntenos. Por favor, no envíe la página otra vez.',
	unknownText:
		'No sabemos si el mensaje de texto se envió. Si no llega en un minuto, o si su código no se acepta, pida otro.',
	unknownCode:
		'No sabemos si el código se aceptó. Envíelo una vez más. Si entonces no se acepta, pida otro código.',
	stillHere: 'Todo lo que escribió sigue aquí.',
	lostTitle: 'No sabemos si su registro llegó',
	lostText:
		'No llegó una respuesta clara. Espere un minuto: si recibe noticias nuestras, su registro llegó. Si no, revise su conexión y envíelo otra vez. Si vuelve a pasar, avísenos.',
	lostRedirected:
		'La respuesta lleva a otra dirección, por ejemplo a una página para iniciar sesión. Espere un minuto y envíelo otra vez. Si vuelve a pasar, avísenos.',
	awayTitle: 'El registro está cerrado en este momento',
	awayText: 'No se recibió nada. Inténtelo más tarde, o pídanos otro enlace.',
	expiredTitle: 'Todavía no se envió nada',
	expiredText:
		'La página estuvo abierta mucho tiempo y no se pudo renovar. Revise su conexión y envíelo otra vez. Si vuelve a pasar, cargue la página de nuevo.',
	otherTermsTitle: 'Las condiciones cambiaron',
	otherTermsText: 'Todavía no se envió nada. Léalas otra vez, marque la casilla y envíe la página.',
	codeLostTitle: 'No sabemos qué pasó',
	codeLostText:
		'No llegó una respuesta clara. Revise su conexión e inténtelo otra vez. Si vuelve a pasar, avísenos.',
	codeLostRedirected:
		'La respuesta lleva a otra dirección, por ejemplo a una página para iniciar sesión. Inténtelo otra vez. Si vuelve a pasar, avísenos.',
	codeAwayTitle: 'Esta página está cerrada en este momento',
	codeTooOldTitle: 'Esta página estuvo abierta demasiado tiempo',
	codeTooOldText:
		'No se envió nada. Cargue esta página otra vez: su cuenta sigue ahí. Si eso no ayuda, pídanos un enlace.',

	reasonCardDeclined: 'La tarjeta fue rechazada. Pruebe con otra tarjeta.',
	reasonLoadAgain: 'Cargue la página otra vez, llénela y envíela desde ahí.',
	reasonSendOpen:
		'Todavía no sabemos qué pasó con lo que envió antes. Su correo y su teléfono están otra vez en la página: envíelos una vez más. Si el teléfono no es correcto, puede cambiarlo en la página siguiente. Si eso no ayuda, cargue la página otra vez.',
	reasonExists:
		'Ya hay una cuenta abierta para usted. Por favor, pídanos un enlace para continuar.',
	reasonNotInvited:
		'La invitación es para otro correo. Escriba aquel al que la enviamos, o pídanos una invitación.',
	reasonUnderWay: 'Otro registro suyo está en curso. Espere un minuto y envíelo otra vez.',
	reasonOfOther: 'No pudimos distinguir su registro de otro. Por favor, avísenos.',
	reasonCode: 'Este código no es correcto.',
	reasonLink: 'Este enlace no es válido. Pídanos otro.',
	reasonLinkOver: 'El plazo de este enlace terminó. Pídanos otro.',
	reasonNoCode: 'Todavía no se envió ningún código. Pida un mensaje de texto abajo.',
	reasonTriedOut: 'Se probaron demasiados códigos. Pida otro mensaje de texto abajo.',
	reasonPhone: 'El número de teléfono no se puede cambiar aquí. Por favor, pregúntenos.',
	reasonNoPage: 'No hay ninguna página en esta dirección. Pídanos la correcta.',
	reasonLater: 'Hay demasiada actividad en este momento. Inténtelo otra vez en unos minutos.',
	reasonInput:
		'Algo de lo que escribió no se aceptó. Revise su nombre, su dirección y su tarjeta, o pregúntenos.',
	reasonInputOfCode: 'No se aceptó. Revise el código y el número de teléfono, o pregúntenos.',
	reasonOurs: 'Hay un problema de nuestra parte. Avísenos, o inténtelo más tarde.',

	pageNotReady: 'Esta página no está lista. Inténtelo más tarde.',
	pageForInvited:
		'Esta página solo se abre con una invitación. Abra el enlace de la suya, o pídanos una.',
	pageNeedsPassword: 'Esta página necesita un nombre de usuario y una contraseña.',
	pageNeedsScript:
		'Esta página necesita JavaScript: su tarjeta se cifra en este navegador antes de enviarse. Active JavaScript y cargue la página otra vez.',
	pageNeedsHttps:
		'Esta página necesita una dirección que empiece con https: solo ahí su navegador puede cifrar su tarjeta. Por favor, pida la dirección https de esta página.',

	mistake_field_value_required: 'es obligatorio',
	mistake_not_text: 'debe ser texto',
	mistake_damaged_text: 'tiene letras que se perdieron. Escríbalo otra vez',
	mistake_invalid_string_length: 'tiene más de {longest} caracteres',
	mistake_not_email: 'debe ser una dirección de correo, como nombre@example.com',
	mistake_not_plain_email: 'solo puede tener letras sencillas, sin acentos',
	mistake_not_phone: 'debe ser un número de Estados Unidos con diez dígitos',
	mistake_not_us_phone:
		'debe ser de Estados Unidos o sus territorios, y no un número gratuito ni de pago',
	mistake_terms_not_accepted: 'se debe aceptar antes de registrarse',
	mistake_invalid_address: 'no puede ser un apartado postal: Stamps.com no los acepta',
	mistake_not_state: 'debe ser un estado o territorio de Estados Unidos, como TX o Texas',
	mistake_not_zip: 'debe tener cinco o nueve dígitos, como 78756 o 78756-1234',
	mistake_not_residential: 'debe ser una de las opciones',
	mistake_not_card_number: 'no es un número de tarjeta: falta un dígito o uno no es correcto',
	mistake_brand_unknown: 'debe ser de una de estas marcas: {brands}',
	mistake_not_month: 'debe tener un mes de 01 a 12',
	mistake_not_year: 'debe tener un año de dos o cuatro dígitos, como 2028',
	mistake_not_month_and_year: 'debe ser un mes y un año, como 07 / 28',
	mistake_card_expired: 'ya pasó: la tarjeta venció',
	mistake_expiry_too_far: 'está más lejos que la de cualquier tarjeta',
	mistake_not_verification_code: 'debe tener solo los dígitos del mensaje de texto',
};
